"""A letter that calls for no answer by this channel is set aside, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.correspondence.actions.settle_letter import NothingSaid, settle_letter
from hemicycle.chain.correspondence.conditions import LetterClosed
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import Cast
from tests.letters import CAME_AT, a_letter, ordered, sent

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_a_referral_is_taken_in_charge(cast: Cast) -> None:
    letter = a_letter(cast, "referral")

    settled = settle_letter(letter_id=letter.id, note="  Avocat\nsaisi. ", agent=cast.clerk, at=CAME_AT)

    assert (settled.open, settled.note, settled.settled_by) == (False, "Avocat saisi.", cast.clerk)
    assert journal.of(letter.dossier)[-1].sealed["facts"]["note"] == "Avocat saisi."


def test_a_reason_is_asked_for(cast: Cast, nothing_written: NothingWritten) -> None:
    letter = a_letter(cast, "simple")

    with pytest.raises(NothingSaid), nothing_written():
        settle_letter(letter_id=letter.id, note=" ", agent=cast.clerk, at=CAME_AT)


def test_a_letter_answered_is_not_set_aside(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = sent(cast)

    with pytest.raises(LetterClosed, match="déjà reçu sa réponse"), nothing_written():
        settle_letter(letter_id=reply.letter_id, note="Rien.", agent=cast.clerk, at=CAME_AT)


def test_while_an_answer_leaves_its_letter_is_not_set_aside(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = ordered(cast)

    with pytest.raises(LetterClosed, match="en cours d’envoi"), nothing_written():
        settle_letter(letter_id=reply.letter_id, note="Rien.", agent=cast.clerk, at=CAME_AT)


@pytest.mark.parametrize("who", ["drafter", "director", "auditor", "courier"])
def test_only_the_service_des_assemblees_sets_aside(cast: Cast, nothing_written: NothingWritten, who: str) -> None:
    letter = a_letter(cast, "simple")

    with pytest.raises(NotEntitled), nothing_written():
        settle_letter(letter_id=letter.id, note="Rien.", agent=getattr(cast, who), at=CAME_AT)
