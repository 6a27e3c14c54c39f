"""Saying what was made of a message put aside."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission.actions.park_message import park_message
from hemicycle.chain.transmission.actions.settle_message import NoSuchMessage, NothingSaid, settle_message
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]


def parked(cast: Cast) -> int:
    return park_message(data=b"<a/>", why="Inconnu.", agent=cast.courier, at=NOON).pk


def test_a_message_settled_leaves_the_list_and_stays_kept(cast: Cast) -> None:
    message = parked(cast)

    settled = settle_message(message_id=message, note=" Doublon,  classé. ", agent=cast.clerk, at=NOON)

    assert (settled.note, settled.settled_by) == ("Doublon, classé.", cast.clerk)
    assert list(queries.parked()) == []
    assert queries.parked_bytes(message)[1] == b"<a/>"


def test_one_says_what_was_done(cast: Cast, nothing_written: NothingWritten) -> None:
    message = parked(cast)

    with pytest.raises(NothingSaid), nothing_written():
        settle_message(message_id=message, note="  ", agent=cast.clerk, at=NOON)


def test_a_message_is_settled_once(cast: Cast, nothing_written: NothingWritten) -> None:
    message = parked(cast)
    settle_message(message_id=message, note="Classé.", agent=cast.clerk, at=NOON)

    with pytest.raises(NoSuchMessage), nothing_written():
        settle_message(message_id=message, note="Encore.", agent=cast.clerk, at=NOON)


def test_a_drafter_settles_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    message = parked(cast)

    with pytest.raises(NotEntitled), nothing_written():
        settle_message(message_id=message, note="Classé.", agent=cast.drafter, at=NOON)
