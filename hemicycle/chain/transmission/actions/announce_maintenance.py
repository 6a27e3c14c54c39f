"""Announce a time when nothing is to leave: maintenance of the TdT or of the ministry."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Authority, Role
from hemicycle.chain.transmission.events import MaintenanceAnnounced
from hemicycle.chain.transmission.models import Maintenance
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused


class NotAPeriod(ActionRefused):
    """A period that ends before it begins, is over, or has no reason."""


@transaction.atomic
def announce_maintenance(
    *, starts_at: dt.datetime, ends_at: dt.datetime, reason: str, agent: Agent, at: dt.datetime
) -> Maintenance:
    """Acts wait meanwhile and leave by themselves afterwards. Raises NotEntitled, NotAPeriod."""
    Authority.objects.select_for_update(of=("self",)).get(id=1)
    role = access.require_role(
        agent, Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR, on=day(at), what="Annoncer une maintenance"
    )
    said = " ".join(reason.split())[:200]
    if not said:
        raise NotAPeriod("Dites quelle maintenance est annoncée.", field="reason")
    if ends_at <= starts_at:
        raise NotAPeriod("La fin de la maintenance doit suivre son début.", field="ends_at")
    if ends_at <= at:
        raise NotAPeriod("Cette période est déjà passée.", field="ends_at")

    made = Maintenance.objects.create(starts_at=starts_at, ends_at=ends_at, reason=said, announced_by=agent)

    event = MaintenanceAnnounced(starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat(), reason=said)
    journal.record(None, event, by=agent, at=at, role=role)
    return made
