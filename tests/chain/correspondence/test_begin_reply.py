"""The intent is on record before an answer leaves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.correspondence.actions.begin_reply import begin_reply
from hemicycle.chain.correspondence.conditions import WrongReplyState
from hemicycle.chain.correspondence.models import Reply
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import Cast
from tests.letters import CAME_AT, a_reply, leaving, ordered

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_intent_is_on_record(cast: Cast) -> None:
    reply = leaving(cast)

    assert (reply.state, reply.sending_at) == (Reply.State.SENDING, CAME_AT)
    assert journal.of(reply.letter.dossier)[-1].event == "correspondence.reply_sending"


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = leaving(cast)

    with nothing_written():
        begin_reply(reply_id=reply.pk, agent=cast.courier, at=CAME_AT)


def test_an_answer_nobody_ordered_does_not_leave(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = a_reply(cast)

    with pytest.raises(WrongReplyState, match="préparée, à envoyer"), nothing_written():
        begin_reply(reply_id=reply.pk, agent=cast.courier, at=CAME_AT)


def test_only_the_courier_carries(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = ordered(cast)

    with pytest.raises(NotEntitled), nothing_written():
        begin_reply(reply_id=reply.pk, agent=cast.clerk, at=CAME_AT)
