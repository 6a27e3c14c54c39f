"""The préfecture acknowledges our answer (3-5, 4-5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.correspondence.actions.record_reply_receipt import ReceiptForNobody, record_reply_receipt
from hemicycle.chain.correspondence.models import Reply
from hemicycle.dossier import attachments
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import Cast
from tests.letters import CAME_AT, a_letter, a_receipt, leaving, sent

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_receipt_is_kept_with_its_answer(cast: Cast) -> None:
    data = a_receipt(sent(cast))

    reply = record_reply_receipt(data=data, agent=cast.courier, at=CAME_AT)

    assert (reply.state, reply.received_on) == (Reply.State.RECEIVED, dt.date(2026, 11, 30))
    assert reply.receipt is not None
    assert attachments.read(reply.receipt) == data
    assert reply.receipt.name.endswith("-4-5.xml")


def test_pieces_have_a_receipt_of_their_own(cast: Cast) -> None:
    letter = a_letter(cast, "pieces")
    data = a_receipt(sent(cast, letter, root="PieceComplementaire"))

    reply = record_reply_receipt(data=data, agent=cast.courier, at=CAME_AT)

    assert reply.receipt is not None
    assert reply.receipt.name.endswith("-3-5.xml")


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    data = a_receipt(sent(cast))
    record_reply_receipt(data=data, agent=cast.courier, at=CAME_AT)

    with nothing_written():
        record_reply_receipt(data=data, agent=cast.courier, at=CAME_AT)


def test_a_receipt_before_our_answer_left_is_for_nobody(cast: Cast, nothing_written: NothingWritten) -> None:
    data = a_receipt(leaving(cast))

    with pytest.raises(ReceiptForNobody, match="n’attend de reçu"), nothing_written():
        record_reply_receipt(data=data, agent=cast.courier, at=CAME_AT)


def test_what_is_no_receipt_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    letter = a_letter(cast)

    with pytest.raises(ReceiptForNobody, match="n’accuse réception d’aucune réponse"), nothing_written():
        record_reply_receipt(data=attachments.read(letter.message), agent=cast.courier, at=CAME_AT)


def test_only_the_courier_records(cast: Cast, nothing_written: NothingWritten) -> None:
    data = a_receipt(sent(cast))

    with pytest.raises(NotEntitled), nothing_written():
        record_reply_receipt(data=data, agent=cast.clerk, at=CAME_AT)
