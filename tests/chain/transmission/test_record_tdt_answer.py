"""What the TdT answered about a sending."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.record_tdt_answer import record_tdt_answer
from hemicycle.chain.transmission.locking import WrongDepartureState
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.departures import sending
from tests.signed_acts import a_signed_dossier

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_answer_is_kept_beside_the_sending(cast: Cast) -> None:
    dossier, _ = sending(cast)

    noted = record_tdt_answer(dossier_id=dossier.id, answer="Il ne connaît pas cet acte.", agent=cast.courier, at=NOON)

    assert (noted.asked_answer, noted.state) == ("Il ne connaît pas cet acte.", Departure.State.SENDING)


def test_there_is_nothing_to_note_before_a_sending(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_signed_dossier(cast)

    with pytest.raises(WrongDepartureState), nothing_written():
        record_tdt_answer(dossier_id=dossier.id, answer="Rien.", agent=cast.courier, at=NOON)


def test_only_the_courier_notes_it(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = sending(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_tdt_answer(dossier_id=dossier.id, answer="Rien.", agent=cast.clerk, at=NOON)
