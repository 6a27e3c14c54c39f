"""Writing down the intent to send."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.begin_sending import begin_sending
from hemicycle.chain.transmission.locking import WrongDepartureState
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.departures import deposited, prepared, sending
from tests.signed_acts import a_signed_dossier

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_intent_is_on_record_before_anything_leaves(cast: Cast) -> None:
    dossier, _ = prepared(cast)

    departure = begin_sending(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert (departure.state, departure.sending_at) == (Departure.State.SENDING, NOON)
    assert journal.of(dossier)[-1].event == "transmission.sending_begun"


def test_beginning_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = sending(cast)

    with nothing_written():
        begin_sending(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_the_clerk_sends_nothing_by_hand(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = prepared(cast)

    with pytest.raises(NotEntitled), nothing_written():
        begin_sending(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_what_was_deposited_is_not_sent_again(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(WrongDepartureState, match="déposé"), nothing_written():
        begin_sending(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_what_was_not_prepared_does_not_leave(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_signed_dossier(cast)

    with pytest.raises(WrongDepartureState, match="Aucun envoi"), nothing_written():
        begin_sending(dossier_id=dossier.id, agent=cast.courier, at=NOON)
