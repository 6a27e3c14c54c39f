"""A message that nothing expects is put aside whole."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission.actions.park_message import park_message
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.departures import an_acknowledgement, deposited

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_its_bytes_and_the_reason_are_kept(cast: Cast) -> None:
    dossier, departure = deposited(cast)
    data = an_acknowledgement(departure)

    kept = park_message(data=data, why="Une raison.", dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert (kept.kind, kept.why, kept.dossier) == ("Accusé de réception d’un acte", "Une raison.", dossier)
    assert queries.parked_bytes(kept.pk)[1] == data
    assert journal.of(dossier)[-1].event == "transmission.message_parked"


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"<html/>", b"%PDF-1.7"])
def test_what_cannot_be_read_is_kept_all_the_same(cast: Cast, data: bytes) -> None:
    kept = park_message(data=data, why="Illisible.", agent=cast.courier, at=NOON)

    assert kept.kind == "message illisible"
    assert queries.parked_bytes(kept.pk)[1] == data


def test_the_same_message_twice_is_one(cast: Cast, nothing_written: NothingWritten) -> None:
    park_message(data=b"<a/>", why="Inconnu.", agent=cast.courier, at=NOON)

    with nothing_written():
        park_message(data=b"<a/>", why="Inconnu encore.", agent=cast.courier, at=NOON)


def test_only_the_courier_puts_aside(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        park_message(data=b"<a/>", why="Inconnu.", agent=cast.clerk, at=NOON)
