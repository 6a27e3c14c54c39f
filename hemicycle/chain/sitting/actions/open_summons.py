"""A member opens the sitting's documents: the dated proof of it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, ElectedMember
from hemicycle.chain.sitting.events import SummonsOpened
from hemicycle.chain.sitting.locking import locked
from hemicycle.chain.sitting.models import Summons
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused


class NotSummoned(ActionRefused):
    message = "Vous n’êtes pas convoqué à cette séance."


@transaction.atomic
def open_summons(*, sitting_id: UUID, agent: Agent, at: dt.datetime) -> Summons:
    """Record the member's first reading; the next ones change nothing.

    Raises NotSummoned, also once the mandate has ended.
    """
    sitting = locked(sitting_id)
    in_office = ElectedMember.objects.on(day(at)).filter(agent=agent)
    summons = Summons.objects.filter(sitting=sitting, member__in=in_office).select_related("member__agent").first()
    if summons is None or not agent.is_active:
        raise NotSummoned
    if summons.opened_at is not None:
        return summons

    summons.opened_at = at
    summons.save(update_fields=["opened_at"])

    event = SummonsOpened(sitting=str(sitting.id), member=str(summons.member))
    journal.record(None, event, by=agent, at=at, role="elected")
    return summons
