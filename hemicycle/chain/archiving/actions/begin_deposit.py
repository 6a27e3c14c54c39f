"""Commit the intent before anything leaves: a crash from here on is reconciled, never repeated blindly."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.archiving.events import DepositBegun
from hemicycle.chain.archiving.locking import locked, wrong_state
from hemicycle.chain.archiving.models import Deposit
from hemicycle.dossier import journal


@transaction.atomic
def begin_deposit(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Deposit:
    """Say that the package is about to leave; twice is once. Raises NotEntitled, WrongDepositState."""
    what = "Commencer un versement"
    dossier, deposit, role = locked(dossier_id, agent, at=at, what=what)
    if deposit.state == Deposit.State.SENDING:
        return deposit
    if deposit.state != Deposit.State.PREPARED:
        raise wrong_state(deposit, what=what)

    deposit.state, deposit.sending_at = Deposit.State.SENDING, at
    deposit.save(update_fields=["state", "sending_at"])

    event = DepositBegun(message_identifier=deposit.message_identifier)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return deposit
