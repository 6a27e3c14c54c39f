"""Committing the intent to deposit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.archiving.actions.begin_deposit import begin_deposit
from hemicycle.chain.archiving.locking import WrongDepositState
from hemicycle.chain.archiving.models import Deposit
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import Cast
from tests.chain import told
from tests.published_acts import ONLINE_AT, deposited, leaving, packed, published

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_intent_is_on_record(cast: Cast) -> None:
    dossier, deposit = packed(cast)

    begin_deposit(dossier_id=dossier.id, agent=cast.courier, at=ONLINE_AT)

    deposit.refresh_from_db()
    assert (deposit.state, deposit.sending_at) == (Deposit.State.SENDING, ONLINE_AT)
    assert told.by(cast.courier, "courier", "archiving.deposit_begun")


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = leaving(cast)

    with nothing_written():
        begin_deposit(dossier_id=dossier.id, agent=cast.courier, at=ONLINE_AT)


def test_only_the_courier_deposits(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = packed(cast)

    with pytest.raises(NotEntitled), nothing_written():
        begin_deposit(dossier_id=dossier.id, agent=cast.archivist, at=ONLINE_AT)


def test_what_is_already_deposited_does_not_leave_again(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(WrongDepositState, match="en attente de la réponse"), nothing_written():
        begin_deposit(dossier_id=dossier.id, agent=cast.courier, at=ONLINE_AT)


def test_without_a_package_nothing_leaves(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = published(cast)

    with pytest.raises(WrongDepositState, match="Aucun paquet"), nothing_written():
        begin_deposit(dossier_id=dossier.id, agent=cast.courier, at=ONLINE_AT)
