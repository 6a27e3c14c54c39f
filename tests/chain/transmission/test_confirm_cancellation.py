"""Agreeing to a cancellation: never by whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.confirm_cancellation import SamePerson, confirm_cancellation
from hemicycle.chain.transmission.cancelling import WrongCancellationState
from hemicycle.chain.transmission.models import Cancellation
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import NotEntitled
from tests.cancellations import asked, confirmed
from tests.cast import NOON, Cast
from tests.departures import acknowledged

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_dgs_agrees_and_it_may_leave(cast: Cast) -> None:
    dossier, _ = asked(cast)

    made = confirm_cancellation(dossier_id=dossier.id, note="D’accord.", agent=cast.chief_executive, at=NOON)

    assert (made.state, made.decided_by) == (Cancellation.State.CONFIRMED, cast.chief_executive)
    last = journal.of(dossier)[-1]
    assert last.event == "transmission.cancellation_confirmed"
    assert last.sealed["facts"]["asked_by"] == cast.clerk.full_name


def test_whoever_asked_does_not_agree_alone(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = asked(cast)

    with pytest.raises(SamePerson, match="une autre personne"), nothing_written():
        confirm_cancellation(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


@pytest.mark.parametrize("who", ["drafter", "president", "secretariat", "administrator", "courier"])
def test_the_right_is_held_by_few(cast: Cast, nothing_written: NothingWritten, who: str) -> None:
    dossier, _ = asked(cast)

    with pytest.raises(NotEntitled), nothing_written():
        confirm_cancellation(dossier_id=dossier.id, agent=getattr(cast, who), at=NOON)


def test_nothing_is_agreed_to_that_nobody_asked(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = acknowledged(cast)

    with pytest.raises(WrongCancellationState, match="Aucune annulation"), nothing_written():
        confirm_cancellation(dossier_id=dossier.id, agent=cast.chief_executive, at=NOON)


def test_agreed_to_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = confirmed(cast)

    with pytest.raises(WrongCancellationState, match="confirmée"), nothing_written():
        confirm_cancellation(dossier_id=dossier.id, agent=cast.chief_executive, at=NOON)
