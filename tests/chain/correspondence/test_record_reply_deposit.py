"""A letter is answered once the TdT has taken the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.correspondence.actions.record_reply_deposit import record_reply_deposit
from hemicycle.chain.correspondence.conditions import WrongReplyState
from hemicycle.chain.correspondence.models import Reply
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import Cast
from tests.letters import CAME_AT, leaving, ordered, sent

NothingWritten = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize(("after", "in_time"), [(10, True), (59, True), (62, False)])
def test_the_letter_is_answered_in_time_or_late(cast: Cast, after: int, in_time: bool) -> None:
    at = CAME_AT + dt.timedelta(days=after)

    reply = sent(cast, at=at)

    reply.letter.refresh_from_db()
    assert (reply.state, reply.tdt_id, reply.letter.answered_at) == (Reply.State.DEPOSITED, "78", at)
    facts = journal.of(reply.letter.dossier)[-1].sealed["facts"]
    assert (facts["in_time"], facts["due_on"], facts["reconciled"]) == (in_time, "2027-01-28", False)


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = sent(cast)

    with nothing_written():
        record_reply_deposit(reply_id=reply.pk, tdt_id="78", reconciled=True, agent=cast.courier, at=CAME_AT)


def test_another_number_for_the_same_answer_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = sent(cast)

    with pytest.raises(WrongReplyState), nothing_written():
        record_reply_deposit(reply_id=reply.pk, tdt_id="79", reconciled=True, agent=cast.courier, at=CAME_AT)


def test_an_answer_that_did_not_leave_is_not_deposited(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = ordered(cast)

    with pytest.raises(WrongReplyState), nothing_written():
        record_reply_deposit(reply_id=reply.pk, tdt_id="78", reconciled=False, agent=cast.courier, at=CAME_AT)


def test_only_the_courier_records(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = leaving(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_reply_deposit(reply_id=reply.pk, tdt_id="78", reconciled=False, agent=cast.clerk, at=CAME_AT)
