"""Recording the number of the deposit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.record_deposit import record_deposit
from hemicycle.chain.transmission.locking import WrongDepartureState
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.departures import TDT_ID, deposited, prepared, sending

NothingWritten = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize("reconciled", [False, True])
def test_the_dossier_is_transmitted(cast: Cast, reconciled: bool) -> None:
    dossier, _ = sending(cast)

    departure = record_deposit(dossier_id=dossier.id, tdt_id=TDT_ID, reconciled=reconciled, agent=cast.courier, at=NOON)

    dossier.refresh_from_db()
    assert (departure.state, departure.tdt_id) == (Departure.State.DEPOSITED, TDT_ID)
    assert dossier.stage == Stage.TRANSMITTED
    assert journal.of(dossier)[-1].sealed["facts"] == {"attempt": 1, "tdt_id": TDT_ID, "reconciled": reconciled}


def test_the_same_deposit_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with nothing_written():
        record_deposit(dossier_id=dossier.id, tdt_id=TDT_ID, reconciled=True, agent=cast.courier, at=NOON)


def test_a_second_number_for_the_same_attempt_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(WrongDepartureState, match="déjà déposé sous le numéro 4201"), nothing_written():
        record_deposit(dossier_id=dossier.id, tdt_id="4202", reconciled=False, agent=cast.courier, at=NOON)


def test_the_clerk_records_no_deposit(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = sending(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_deposit(dossier_id=dossier.id, tdt_id=TDT_ID, reconciled=False, agent=cast.clerk, at=NOON)


def test_nothing_is_deposited_before_the_intent(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = prepared(cast)

    with pytest.raises(WrongDepartureState, match="prêt à partir"), nothing_written():
        record_deposit(dossier_id=dossier.id, tdt_id=TDT_ID, reconciled=False, agent=cast.courier, at=NOON)
