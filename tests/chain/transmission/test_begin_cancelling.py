"""The intent to cancel, on record before anything leaves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.begin_cancelling import begin_cancelling
from hemicycle.chain.transmission.cancelling import WrongCancellationState
from hemicycle.chain.transmission.models import Cancellation
from hemicycle.dossier.refusals import NotEntitled
from tests.cancellations import asked, begun, confirmed
from tests.cast import NOON, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_what_two_people_agreed_to_may_leave(cast: Cast) -> None:
    _, cancellation = confirmed(cast)

    made = begin_cancelling(cancellation_id=cancellation.pk, agent=cast.courier, at=NOON)

    assert (made.state, made.sending_at) == (Cancellation.State.SENDING, NOON)


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    _, cancellation = begun(cast)

    with nothing_written():
        begin_cancelling(cancellation_id=cancellation.pk, agent=cast.courier, at=NOON)


def test_what_one_person_asked_does_not_leave(cast: Cast, nothing_written: NothingWritten) -> None:
    _, cancellation = asked(cast)

    with pytest.raises(WrongCancellationState, match="à confirmer"), nothing_written():
        begin_cancelling(cancellation_id=cancellation.pk, agent=cast.courier, at=NOON)


def test_only_a_courier_carries_it(cast: Cast, nothing_written: NothingWritten) -> None:
    _, cancellation = confirmed(cast)

    with pytest.raises(NotEntitled), nothing_written():
        begin_cancelling(cancellation_id=cancellation.pk, agent=cast.clerk, at=NOON)
