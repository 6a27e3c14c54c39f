"""Record that a member's notice left, with its proof."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.sitting.events import SummonsSent
from hemicycle.chain.sitting.locking import locked
from hemicycle.chain.sitting.models import Summons
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day


@transaction.atomic
def record_summons_sent(*, sitting_id: UUID, member_id: int, message_id: str, agent: Agent, at: dt.datetime) -> Summons:
    """Date the sending of one member's notice; twice is once. `message_id` is the e-mail's, empty on paper.

    Raises NotEntitled, Summons.DoesNotExist.
    """
    sitting = locked(sitting_id)
    role = access.require_role(
        agent, Role.COURIER, Role.ASSEMBLY_OFFICE, on=day(at), what="Dater l’envoi d’une convocation"
    )
    summons = Summons.objects.select_related("member__agent").get(sitting=sitting, member_id=member_id)
    if summons.sent_at is not None:
        return summons

    summons.sent_at, summons.message_id = at, message_id
    summons.save(update_fields=["sent_at", "message_id"])

    event = SummonsSent(
        sitting=str(sitting.id), member=str(summons.member), channel=summons.channel, message_id=message_id
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return summons
