"""The TdT or the ministry will not cancel."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.ask_cancellation import ask_cancellation
from hemicycle.chain.transmission.actions.record_cancellation_refused import record_cancellation_refused
from hemicycle.chain.transmission.cancelling import WrongCancellationState
from hemicycle.chain.transmission.models import Cancellation
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cancellations import REASON, asked, sent
from tests.cast import NOON, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_acknowledgement_stands_and_another_request_may_follow(cast: Cast) -> None:
    dossier, cancellation = sent(cast)

    made = record_cancellation_refused(
        cancellation_id=cancellation.pk, reason="Déjà  traitée.", agent=cast.courier, at=NOON
    )

    dossier.refresh_from_db()
    assert (made.state, made.refusal) == (Cancellation.State.REFUSED, "Déjà traitée.")
    assert dossier.stage == Stage.ACKNOWLEDGED
    ask_cancellation(dossier_id=dossier.id, reason=REASON, agent=cast.clerk, at=NOON)


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    _, cancellation = sent(cast)
    record_cancellation_refused(cancellation_id=cancellation.pk, reason="Non.", agent=cast.courier, at=NOON)

    with nothing_written():
        record_cancellation_refused(cancellation_id=cancellation.pk, reason="Non.", agent=cast.courier, at=NOON)


def test_what_never_left_is_not_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    _, cancellation = asked(cast)

    with pytest.raises(WrongCancellationState), nothing_written():
        record_cancellation_refused(cancellation_id=cancellation.pk, reason="Non.", agent=cast.courier, at=NOON)


def test_only_a_courier_says_so(cast: Cast, nothing_written: NothingWritten) -> None:
    _, cancellation = sent(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_cancellation_refused(cancellation_id=cancellation.pk, reason="Non.", agent=cast.clerk, at=NOON)
