"""A mail box read over IMAP, on a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hemicycle.gateways.mail.errors import Rejected, Unreachable
from hemicycle.gateways.mail.reading import ImapBox, place_of
from tests.gateways.authorities import NOW, an_authority
from tests.gateways.mail.boxes import ADDRESS, PASSWORD, Box, a_box


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with a_box(tmp_path) as found:
        yield found


def reading(box: Box, **changes: object) -> ImapBox:
    options = {"password": PASSWORD, "verify": box.authority, "timeout": 5} | changes
    return ImapBox(box.imap, **options)  # type: ignore[arg-type]


def test_a_letter_is_read_as_it_is_and_marked_only_when_asked(box: Box) -> None:
    box.drop(("retour.xml", b"<a/>"))
    reader = reading(box)

    (name,) = reader.waiting("")
    content = reader.letter(name)
    unseen = box.unseen()
    reader.mark_seen(name)

    assert b"retour.xml" in content
    assert (unseen, box.unseen()) == (1, 0)
    assert reader.waiting(name) == []


def test_a_letter_that_someone_opened_by_hand_is_still_found(box: Box) -> None:
    box.drop()
    reader = reading(box)
    (first,) = reader.waiting("")
    reader.mark_seen(first)
    box.drop(text="Le second")
    with box.by_hand() as server:
        server.uid("STORE", "2", "+FLAGS", "(\\Seen)")

    assert [reader.letter(name).count(b"Le second") for name in reader.waiting(first)] == [1]


def test_a_letter_taken_away_is_said_to_be_gone(box: Box) -> None:
    box.drop()
    reader = reading(box)
    (name,) = reader.waiting("")
    with box.by_hand() as server:
        server.uid("STORE", "1", "+FLAGS", "(\\Deleted)")
        server.expunge()

    with pytest.raises(Rejected, match="n’est plus dans la boîte"):
        reader.letter(name)
    with pytest.raises(Rejected, match="n’est plus dans la boîte"):
        reader.letter("1-1")


def test_a_test_of_the_box_opens_its_folder(box: Box) -> None:
    report = reading(box).check(at=NOW)

    assert report.reached
    assert ADDRESS in report.findings[-1].sentence


def test_a_wrong_password_is_told_and_never_shown(box: Box) -> None:
    reader = reading(box, password="autre-secret")

    with pytest.raises(Unreachable, match="refuse le compte ou le mot de passe"):
        reader.waiting("")
    report = reader.check(at=NOW)

    assert not report.reached
    assert "HEMICYCLE_TDT_RETURNS_PASSWORD" in report.findings[-1].remedy
    assert "autre-secret" not in str(report)


def test_a_server_of_an_unknown_authority_gets_no_password(box: Box, tmp_path: Path) -> None:
    other, _ = an_authority("Autre").write(tmp_path, "other")

    with pytest.raises(Unreachable, match="injoignable"):
        reading(box, verify=other).waiting("")


def test_a_folder_that_is_not_there_is_named(box: Box) -> None:
    reader = ImapBox(box.imap.replace("INBOX", "Retours"), PASSWORD, verify=box.authority, timeout=5)

    with pytest.raises(Unreachable, match="Le dossier Retours"):
        reader.waiting("")


@pytest.mark.parametrize(
    ("address", "user", "port", "folder"),
    [
        ("imaps://retours@boite.test", "retours", 993, "INBOX"),
        ("imaps://retours%40cd.fr@boite.test:1993/Actes/Retours", "retours@cd.fr", 1993, "Actes/Retours"),
        ("imaps://retours@cd.fr@boite.test/INBOX", "retours@cd.fr", 993, "INBOX"),
    ],
)
def test_the_place_is_read_in_the_address(address: str, user: str, port: int, folder: str) -> None:
    place = place_of(address)

    assert (place.host, place.user, place.port, place.folder) == ("boite.test", user, port, folder)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "imap://retours@boite.test/INBOX",
        "imaps://boite.test/INBOX",
        "imaps://retours:secret@boite.test",
        "imaps://retours@boite.test:neuf/INBOX",
        'imaps://retours@boite.test/IN"BOX',
        "imaps://retours@boite.test/Reçus",
    ],
)
def test_an_address_that_is_none_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(ValueError, match="boîte des retours") as refusal:
        place_of(address)

    assert "secret" not in str(refusal.value)
