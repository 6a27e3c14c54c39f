"""Asking that a transmission be cancelled: a reason, and nothing leaves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.ask_cancellation import ask_cancellation
from hemicycle.chain.transmission.actions.decline_cancellation import decline_cancellation
from hemicycle.chain.transmission.cancelling import NothingSaid, WrongCancellationState
from hemicycle.chain.transmission.models import Cancellation
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cancellations import REASON, asked, cancelled
from tests.cast import NOON, Cast
from tests.departures import acknowledged, deposited

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_request_waits_for_another_person(cast: Cast) -> None:
    dossier, departure = acknowledged(cast)

    made = ask_cancellation(dossier_id=dossier.id, reason=f"  {REASON}\n", agent=cast.clerk, at=NOON)

    dossier.refresh_from_db()
    departure.refresh_from_db()
    assert (made.state, made.reason, made.asked_by) == (Cancellation.State.ASKED, REASON, cast.clerk)
    assert (dossier.stage, departure.state) == (Stage.ACKNOWLEDGED, "acknowledged")
    last = journal.of(dossier)[-1]
    assert (last.event, last.sealed["facts"]["reason"]) == ("transmission.cancellation_asked", REASON)


@pytest.mark.parametrize("who", ["drafter", "chief_executive", "president", "administrator", "courier"])
def test_only_the_service_des_assemblees_asks(cast: Cast, nothing_written: NothingWritten, who: str) -> None:
    dossier, _ = acknowledged(cast)

    with pytest.raises(NotEntitled), nothing_written():
        ask_cancellation(dossier_id=dossier.id, reason=REASON, agent=getattr(cast, who), at=NOON)


def test_a_reason_is_needed(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = acknowledged(cast)

    with pytest.raises(NothingSaid), nothing_written():
        ask_cancellation(dossier_id=dossier.id, reason=" \n ", agent=cast.clerk, at=NOON)


def test_an_act_never_acknowledged_is_not_cancelled(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(WrongCancellationState, match="accusé réception"), nothing_written():
        ask_cancellation(dossier_id=dossier.id, reason=REASON, agent=cast.clerk, at=NOON)


def test_nor_one_already_cancelled(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = cancelled(cast)

    with pytest.raises(WrongCancellationState, match="transmission annulée"), nothing_written():
        ask_cancellation(dossier_id=dossier.id, reason=REASON, agent=cast.clerk, at=NOON)


def test_one_request_at_a_time(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = asked(cast)

    with pytest.raises(WrongCancellationState, match="déjà demandée"), nothing_written():
        ask_cancellation(dossier_id=dossier.id, reason=REASON, agent=cast.clerk, at=NOON)


def test_another_may_be_made_once_the_first_is_put_aside(cast: Cast) -> None:
    dossier, _ = asked(cast)
    decline_cancellation(dossier_id=dossier.id, note="Non.", agent=cast.chief_executive, at=NOON)

    again = ask_cancellation(dossier_id=dossier.id, reason=REASON, agent=cast.clerk, at=NOON)

    assert again.state == Cancellation.State.ASKED
