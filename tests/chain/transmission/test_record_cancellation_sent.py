"""The TdT holds the request."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.record_cancellation_sent import record_cancellation_sent
from hemicycle.chain.transmission.cancelling import WrongCancellationState
from hemicycle.chain.transmission.models import Cancellation
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import NotEntitled
from tests.cancellations import begun, confirmed, sent
from tests.cast import NOON, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize("name", ["4300", None])
def test_its_name_at_the_tdt_is_kept_when_it_is_known(cast: Cast, name: str | None) -> None:
    dossier, cancellation = begun(cast)

    made = record_cancellation_sent(
        cancellation_id=cancellation.pk, tdt_id=name, reconciled=True, agent=cast.courier, at=NOON
    )

    assert (made.state, made.tdt_id, made.sent_at) == (Cancellation.State.SENT, name, NOON)
    assert journal.of(dossier)[-1].sealed["facts"]["reconciled"] is True


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    _, cancellation = sent(cast)

    with nothing_written():
        record_cancellation_sent(
            cancellation_id=cancellation.pk, tdt_id="4300", reconciled=True, agent=cast.courier, at=NOON
        )


def test_nothing_is_sent_without_the_intent(cast: Cast, nothing_written: NothingWritten) -> None:
    _, cancellation = confirmed(cast)

    with pytest.raises(WrongCancellationState), nothing_written():
        record_cancellation_sent(
            cancellation_id=cancellation.pk, tdt_id="4300", reconciled=False, agent=cast.courier, at=NOON
        )


def test_only_a_courier_says_so(cast: Cast, nothing_written: NothingWritten) -> None:
    _, cancellation = begun(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_cancellation_sent(
            cancellation_id=cancellation.pk, tdt_id="4300", reconciled=False, agent=cast.clerk, at=NOON
        )
