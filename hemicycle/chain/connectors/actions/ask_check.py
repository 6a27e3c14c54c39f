"""Ask whether an outside system works."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Authority, Role
from hemicycle.chain.connectors.events import CheckAsked
from hemicycle.chain.connectors.models import Check
from hemicycle.chain.connectors.settings_shown import is_set
from hemicycle.chain.connectors.systems import System
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused

#: A test under way is not asked again; one that nobody carried in that time is.
SOON = dt.timedelta(minutes=5)


class SystemNotSet(ActionRefused):
    message = "Ce système n’est pas réglé : il n’y a rien à tester. Donnez d’abord son adresse dans l’environnement."


@transaction.atomic
def ask_check(*, system: System, agent: Agent, at: dt.datetime) -> Check:
    """Note the question; a courier goes and sees, and sends nothing. One asked five minutes ago still stands.

    Raises NotEntitled, SystemNotSet.
    """
    Authority.objects.select_for_update(of=("self",)).get(id=1)
    role = access.require_role(agent, Role.ADMINISTRATOR, on=day(at), what="Tester un raccordement")
    if not is_set(system):
        raise SystemNotSet
    pending = Check.objects.filter(system=system, ended_at=None).first()
    if pending is not None and pending.asked_at > at - SOON:
        return pending

    if pending is not None:
        pending.delete()
    check = Check.objects.create(system=system, asked_at=at, asked_by=agent)

    journal.record(None, CheckAsked(check=check.pk, system=system), by=agent, at=at, role=role)
    return check
