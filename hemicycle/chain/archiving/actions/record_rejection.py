"""Record that the archive would not even take the package: no reply will come."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.archiving.events import ReplyRecorded
from hemicycle.chain.archiving.locking import locked, wrong_state
from hemicycle.chain.archiving.models import Deposit
from hemicycle.dossier import journal
from hemicycle.dossier.stages import MADE_PUBLIC, Move, Stage


@transaction.atomic
def record_rejection(*, dossier_id: UUID, reason: str, agent: Agent, at: dt.datetime) -> Deposit:
    """The deposit is refused with that reason; twice is once. Raises NotEntitled, WrongDepositState."""
    what = "Enregistrer un refus de l’archive"
    dossier, deposit, role = locked(dossier_id, agent, at=at, what=what)
    if deposit.state == Deposit.State.REFUSED:
        return deposit
    if deposit.state not in (Deposit.State.SENDING, Deposit.State.DEPOSITED):
        raise wrong_state(deposit, what=what)

    if dossier.stage in (*MADE_PUBLIC, Stage.DEPOSITED):
        dossier.move(Move.DEPOSIT_REFUSED, at=at)
    deposit.state, deposit.reply_detail, deposit.replied_at = Deposit.State.REFUSED, reason[:1000], at
    deposit.save(update_fields=["state", "reply_detail", "replied_at"])

    event = ReplyRecorded(
        message_identifier=deposit.message_identifier,
        code="",
        accepted=False,
        sha256="",
        detail=deposit.reply_detail,
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
    return deposit
