"""An answer refused leaves its letter waiting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.correspondence.actions.record_reply_receipt import record_reply_receipt
from hemicycle.chain.correspondence.actions.record_reply_refused import record_reply_refused
from hemicycle.chain.correspondence.conditions import WrongReplyState
from hemicycle.chain.correspondence.models import Reply
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import Cast
from tests.letters import CAME_AT, a_receipt, a_reply, leaving, sent

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_letter_waits_again_and_may_be_answered(cast: Cast) -> None:
    reply = sent(cast)

    record_reply_refused(reply_id=reply.pk, reason="Enveloppe invalide.", agent=cast.courier, at=CAME_AT)

    reply.refresh_from_db()
    assert (reply.state, reply.refusal, reply.letter.open) == (Reply.State.REFUSED, "Enveloppe invalide.", True)
    assert a_reply(cast, reply.letter).rank == 2


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = leaving(cast)
    record_reply_refused(reply_id=reply.pk, reason="Non.", agent=cast.courier, at=CAME_AT)

    with nothing_written():
        record_reply_refused(reply_id=reply.pk, reason="Non.", agent=cast.courier, at=CAME_AT)


def test_an_answer_the_prefecture_acknowledged_is_not_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = sent(cast)
    record_reply_receipt(data=a_receipt(reply), agent=cast.courier, at=CAME_AT)

    with pytest.raises(WrongReplyState, match="reçue par la préfecture"), nothing_written():
        record_reply_refused(reply_id=reply.pk, reason="Non.", agent=cast.courier, at=CAME_AT)


def test_only_the_courier_records(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = leaving(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_reply_refused(reply_id=reply.pk, reason="Non.", agent=cast.clerk, at=CAME_AT)
