"""Asking the TdT what became of a sending whose outcome is unknown."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.ask_tdt import ask_tdt
from hemicycle.chain.transmission.locking import WrongDepartureState
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from tests.cast import NOON, Cast
from tests.departures import deposited, prepared, sending
from tests.signed_acts import a_signed_dossier

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_question_is_noted_and_nothing_changes_state(cast: Cast) -> None:
    dossier, departure = sending(cast)

    asked = ask_tdt(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    assert (asked.state, asked.asked_at) == (departure.state, NOON)
    assert journal.of(dossier)[-1].event == "transmission.tdt_asked"


@pytest.mark.parametrize("at_state", [prepared, deposited])
def test_a_sure_outcome_is_not_asked_about(cast: Cast, nothing_written: NothingWritten, at_state: object) -> None:
    dossier, _ = at_state(cast)  # type: ignore[operator]

    with pytest.raises(WrongDepartureState), nothing_written():
        ask_tdt(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_what_never_left_is_not_asked_about(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_signed_dossier(cast)

    with pytest.raises(MoveNotAllowed), nothing_written():
        ask_tdt(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_a_drafter_asks_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = sending(cast)

    with pytest.raises(NotEntitled), nothing_written():
        ask_tdt(dossier_id=dossier.id, agent=cast.drafter, at=NOON)
