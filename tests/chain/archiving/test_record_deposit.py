"""Recording that the archive holds the package."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.archiving.actions.record_deposit import record_deposit
from hemicycle.chain.archiving.locking import WrongDepositState
from hemicycle.chain.archiving.models import Deposit
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import Cast
from tests.chain import told
from tests.published_acts import ONLINE_AT, OPERATION, deposited, leaving, packed

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_operation_is_kept_and_the_dossier_moves(cast: Cast) -> None:
    dossier, deposit = leaving(cast)

    record_deposit(dossier_id=dossier.id, operation=OPERATION, reconciled=True, agent=cast.courier, at=ONLINE_AT)

    deposit.refresh_from_db()
    dossier.refresh_from_db()
    assert (deposit.state, deposit.operation, dossier.stage) == (Deposit.State.DEPOSITED, OPERATION, Stage.DEPOSITED)
    assert told.by(cast.courier, "courier", "archiving.deposit_recorded")
    assert told.last()["facts"]["reconciled"] is True


def test_the_same_operation_twice_changes_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with nothing_written():
        record_deposit(dossier_id=dossier.id, operation=OPERATION, reconciled=True, agent=cast.courier, at=ONLINE_AT)


def test_another_operation_for_the_same_package_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(WrongDepositState), nothing_written():
        record_deposit(dossier_id=dossier.id, operation="autre", reconciled=False, agent=cast.courier, at=ONLINE_AT)


def test_only_the_courier_records_a_deposit(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = leaving(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_deposit(dossier_id=dossier.id, operation=OPERATION, reconciled=False, agent=cast.clerk, at=ONLINE_AT)


def test_a_deposit_without_intent_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = packed(cast)

    with pytest.raises(WrongDepositState, match="paquet prêt"), nothing_written():
        record_deposit(dossier_id=dossier.id, operation=OPERATION, reconciled=False, agent=cast.courier, at=ONLINE_AT)
