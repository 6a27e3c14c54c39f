"""End an announced maintenance before its time, or give it up."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission.events import MaintenanceLifted
from hemicycle.chain.transmission.models import Maintenance
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused


class NoSuchMaintenance(ActionRefused):
    message = "Cette maintenance n’est plus annoncée ; rechargez la page."


@transaction.atomic
def lift_maintenance(*, maintenance_id: int, agent: Agent, at: dt.datetime) -> Maintenance:
    """What waited leaves. Raises NotEntitled, NoSuchMaintenance."""
    role = access.require_role(
        agent, Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR, on=day(at), what="Lever une maintenance"
    )
    found = Maintenance.objects.select_for_update(of=("self",)).filter(id=maintenance_id, lifted_at=None).first()
    if found is None:
        raise NoSuchMaintenance

    found.lifted_at = at
    found.save(update_fields=["lifted_at"])

    event = MaintenanceLifted(starts_at=found.starts_at.isoformat(), reason=found.reason)
    journal.record(None, event, by=agent, at=at, role=role)
    return found
