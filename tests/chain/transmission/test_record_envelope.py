"""Keeping the archive that really left."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.record_envelope import NotWhatWasSigned, record_envelope
from hemicycle.chain.transmission.locking import WrongDepartureState
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.protocols.actes import Member, read_archive, write_archive
from tests.cast import NOON, Cast
from tests.departures import deposited, prepared
from tests.signed_acts import a_pdf

NothingWritten = Callable[[], AbstractContextManager[None]]


def archive_with(departure: Departure, replace: dict[str, bytes]) -> bytes:
    """The archive that left, where the documents whose name ends so are others."""
    members = read_archive(attachments.read(departure.envelope))
    return write_archive(
        Member(name=m.name, data=next((d for end, d in replace.items() if m.name.endswith(end)), m.data))
        for m in members
    )


def test_the_archive_given_back_is_kept(cast: Cast) -> None:
    dossier, departure = deposited(cast, annexes=1)
    data = attachments.read(departure.envelope)

    record_envelope(dossier_id=dossier.id, data=data, filename="TDT-x.tar.gz", agent=cast.courier, at=NOON)

    departure.refresh_from_db()
    assert departure.sent_archive is not None
    assert attachments.read(departure.sent_archive) == data
    assert journal.of(dossier)[-1].sealed["facts"]["sha256"] == departure.sent_archive.sha256


def test_the_first_archive_stays(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = deposited(cast)
    data = attachments.read(departure.envelope)
    record_envelope(dossier_id=dossier.id, data=data, filename="TDT-x.tar.gz", agent=cast.courier, at=NOON)

    with nothing_written():
        record_envelope(dossier_id=dossier.id, data=b"autre", filename="y.tar.gz", agent=cast.courier, at=NOON)


@pytest.mark.parametrize(
    ("end", "which"), [("-1-1_1.pdf", "l’acte signé"), ("-1-1_2.pdf", "les annexes")], ids=["act", "annex"]
)
def test_other_bytes_than_those_signed_are_seen(
    cast: Cast, end: str, which: str, nothing_written: NothingWritten
) -> None:
    dossier, departure = deposited(cast, annexes=1)
    altered = archive_with(departure, {end: a_pdf("tout autre chose")})

    with pytest.raises(NotWhatWasSigned, match=which), nothing_written():
        record_envelope(dossier_id=dossier.id, data=altered, filename="x.tar.gz", agent=cast.courier, at=NOON)


def test_the_archive_of_another_act_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)
    _, other = prepared(cast)

    with pytest.raises(NotWhatWasSigned, match="ne contient pas l’acte"), nothing_written():
        record_envelope(
            dossier_id=dossier.id,
            data=attachments.read(other.envelope),
            filename="x.tar.gz",
            agent=cast.courier,
            at=NOON,
        )


def test_an_unreadable_archive_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(NotWhatWasSigned, match="illisible"), nothing_written():
        record_envelope(dossier_id=dossier.id, data=b"\x1f\x8b rien", filename="x.tar.gz", agent=cast.courier, at=NOON)


def test_the_clerk_brings_no_archive(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = deposited(cast)
    data = attachments.read(departure.envelope)

    with pytest.raises(NotEntitled), nothing_written():
        record_envelope(dossier_id=dossier.id, data=data, filename="x.tar.gz", agent=cast.clerk, at=NOON)


def test_nothing_comes_back_before_the_deposit(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = prepared(cast)
    data = attachments.read(departure.envelope)

    with pytest.raises(WrongDepartureState), nothing_written():
        record_envelope(dossier_id=dossier.id, data=data, filename="x.tar.gz", agent=cast.courier, at=NOON)
