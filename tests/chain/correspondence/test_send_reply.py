"""The service des assemblées has the answer leave."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.correspondence.actions.send_reply import send_reply
from hemicycle.chain.correspondence.actions.settle_letter import settle_letter
from hemicycle.chain.correspondence.conditions import LetterClosed, NoSuchLetter, WrongReplyState
from hemicycle.chain.correspondence.models import Reply
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import Cast
from tests.letters import CAME_AT, a_reply, ordered

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_answer_leaves_by_the_order_of_the_service_des_assemblees(cast: Cast) -> None:
    reply = ordered(cast)

    assert (reply.state, reply.ordered_by) == (Reply.State.ORDERED, cast.clerk)
    assert reply.letter.open
    last = journal.of(reply.letter.dossier)[-1]
    assert (last.event, last.sealed["facts"]["reply"]) == ("correspondence.reply_ordered", reply.pk)


@pytest.mark.parametrize("who", ["drafter", "director", "legal", "auditor", "courier"])
def test_nobody_else_sends(cast: Cast, nothing_written: NothingWritten, who: str) -> None:
    reply = a_reply(cast)

    with pytest.raises(NotEntitled), nothing_written():
        send_reply(reply_id=reply.pk, agent=getattr(cast, who), at=CAME_AT)


def test_an_answer_is_ordered_once(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = ordered(cast)

    with pytest.raises(WrongReplyState), nothing_written():
        send_reply(reply_id=reply.pk, agent=cast.clerk, at=CAME_AT)


def test_an_answer_to_a_letter_set_aside_does_not_leave(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = a_reply(cast)
    settle_letter(letter_id=reply.letter_id, note="Réglé par téléphone.", agent=cast.clerk, at=CAME_AT)

    with pytest.raises(LetterClosed, match="Réglé par téléphone"), nothing_written():
        send_reply(reply_id=reply.pk, agent=cast.clerk, at=CAME_AT)


def test_an_answer_that_is_not_there_is_said_so(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(NoSuchLetter), nothing_written():
        send_reply(reply_id=41, agent=cast.clerk, at=CAME_AT)
