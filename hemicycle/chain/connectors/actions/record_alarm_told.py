"""Record that an administrator was written to about an alarm."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.connectors.events import AlarmTold
from hemicycle.chain.connectors.models import Alarm
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day


@transaction.atomic
def record_alarm_told(*, alarm_id: int, to: str, message_id: str, agent: Agent, at: dt.datetime) -> None:
    """The couriers' own; twice the same address is once. Raises NotEntitled."""
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Écrire aux administrateurs")
    alarm = Alarm.objects.select_for_update(of=("self",)).get(id=alarm_id)
    if to in alarm.told:
        return

    alarm.told = [*alarm.told, to]
    alarm.save(update_fields=["told"])

    journal.record(None, AlarmTold(system=alarm.system, to=to, message_id=message_id), by=agent, at=at, role=role)
