"""Record that the archive holds the package, under an operation of its own."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.archiving.events import DepositRecorded
from hemicycle.chain.archiving.locking import locked, wrong_state
from hemicycle.chain.archiving.models import Deposit
from hemicycle.dossier import journal
from hemicycle.dossier.stages import MADE_PUBLIC, Move


@transaction.atomic
def record_deposit(*, dossier_id: UUID, operation: str, reconciled: bool, agent: Agent, at: dt.datetime) -> Deposit:
    """Keep the operation's identifier; the same one twice changes nothing.

    `reconciled`: found at the archive after an unknown outcome. Raises NotEntitled, WrongDepositState,
    MoveNotAllowed.
    """
    what = "Enregistrer un versement"
    dossier, deposit, role = locked(dossier_id, agent, at=at, what=what)
    if deposit.operation == operation and deposit.deposited_at is not None:
        return deposit
    if deposit.state != Deposit.State.SENDING or not operation:
        raise wrong_state(deposit, what=what)

    if dossier.stage in MADE_PUBLIC:
        # Otherwise its transmission was cancelled meanwhile, and it waits there.
        dossier.move(Move.DEPOSITED_AT_SAE, at=at)
    deposit.state, deposit.operation, deposit.deposited_at = Deposit.State.DEPOSITED, operation, at
    deposit.save(update_fields=["state", "operation", "deposited_at"])

    event = DepositRecorded(message_identifier=deposit.message_identifier, operation=operation, reconciled=reconciled)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return deposit
