"""Putting a request for cancellation aside."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.decline_cancellation import decline_cancellation
from hemicycle.chain.transmission.cancelling import NothingSaid, WrongCancellationState
from hemicycle.chain.transmission.models import Cancellation
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cancellations import asked, confirmed
from tests.cast import NOON, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize("who", ["chief_executive", "clerk"])
def test_it_is_put_aside_by_another_or_given_up_by_whoever_asked(cast: Cast, who: str) -> None:
    dossier, _ = asked(cast)

    made = decline_cancellation(dossier_id=dossier.id, note="L’annexe est la bonne.", agent=getattr(cast, who), at=NOON)

    dossier.refresh_from_db()
    assert (made.state, made.note) == (Cancellation.State.DECLINED, "L’annexe est la bonne.")
    assert dossier.stage == Stage.ACKNOWLEDGED


def test_a_reason_is_needed_to_put_it_aside(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = asked(cast)

    with pytest.raises(NothingSaid), nothing_written():
        decline_cancellation(dossier_id=dossier.id, note=" ", agent=cast.chief_executive, at=NOON)


def test_the_drafter_decides_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = asked(cast)

    with pytest.raises(NotEntitled), nothing_written():
        decline_cancellation(dossier_id=dossier.id, note="Non.", agent=cast.drafter, at=NOON)


def test_once_agreed_to_it_is_on_its_way(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = confirmed(cast)

    with pytest.raises(WrongCancellationState), nothing_written():
        decline_cancellation(dossier_id=dossier.id, note="Non.", agent=cast.chief_executive, at=NOON)
