"""The ministry judges what it receives, whoever sends it, and says why it refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from hemicycle.protocols.actes import (
    Acte,
    AnomalieActe,
    AnomalieEnveloppe,
    Emitter,
    Member,
    parse_classification,
    parse_envelope,
    parse_message,
    read_archive,
    write_archive,
)
from tests.protocols.actes.made import a_piece, a_transmission, an_acte

from .conftest import NOW
from .running import running_prefecture
from .speaking import ACTES, calling, deposit, identifier, received, settled, state, status, until


def post(client: httpx.Client, name: str, data: bytes) -> int:
    return client.post("/ministere/depot", files={name: (name, data)}).status_code


def test_an_old_classification_gets_a_1_3_of_nature_002(tmp_path: Path) -> None:
    with running_prefecture(tmp_path, *NOW) as url, calling(url) as tdt:
        tdt.post("/ministere/classification", data={"date": "2026-12-01"})
        refused = settled(tdt, identifier(deposit(tdt, "CLASS_1")), -1)
        asked = identifier(tdt.post(f"{ACTES}/actes_classification_request.php?api=1"))
        settled(tdt, asked, 4)
        held = tdt.get(f"{ACTES}/actes_classification_fetch.php?api=1").content
        again = tdt.post(f"{ACTES}/actes_classification_request.php?api=1")
        settled(tdt, identifier(deposit(tdt, "CLASS_2")), 4)

    xml, _, error = refused.split(b"\n", 2)[2].rpartition(b"</actes:AnomalieActe>\n")
    anomaly = parse_message(xml + b"</actes:AnomalieActe>")
    assert isinstance(anomaly, AnomalieActe)
    assert (anomaly.nature, anomaly.classification_date) == ("002", date(2026, 12, 1))
    assert b"ODT-VERIF-01" in error
    assert parse_classification(held).dated == date(2026, 12, 1)
    assert again.content.decode("iso-8859-1").startswith("KO\nLa dernière demande de classification")


@pytest.mark.parametrize(
    ("scenario", "wanted", "root"),
    [("anomaly", -1, b"AnomalieActe"), ("envelope-anomaly", -1, b"AnomalieEnveloppe")],
)
def test_a_scenario_of_refusal_ends_in_error(tmp_path: Path, scenario: str, wanted: int, root: bytes) -> None:
    with running_prefecture(tmp_path, *NOW, "--scenario", scenario) as url, calling(url) as tdt:
        answer = settled(tdt, identifier(deposit(tdt, "SCEN_1")), wanted)
        tdt.post("/scenario", data={"scenario": "normal"})
        settled(tdt, identifier(deposit(tdt, "SCEN_2")), 4)

    assert root in answer


def test_a_silent_ministry_leaves_the_act_transmitted(tmp_path: Path) -> None:
    with running_prefecture(tmp_path, *NOW, "--scenario", "silent") as url, calling(url) as tdt:
        transaction = identifier(deposit(tdt, "SILENCE_1"))
        settled(tdt, transaction, 3)
        until(lambda: bool(received(tdt)), "the act at the ministry")

        assert status(tdt, transaction) == b"OK\n3\n"


def test_the_same_act_in_a_second_envelope_is_a_duplicate(tdt: httpx.Client) -> None:
    settled(tdt, identifier(deposit(tdt, "DOUBLE_1")), 4)
    acte = an_acte(number="DOUBLE_1")
    other = a_transmission(acte, serial=900, trigramme="SIM")

    taken = post(tdt, other.archive_name, other.archive)

    assert taken == 200
    entry = received(tdt)["099-229999990-20261217-DOUBLE_1-DE"]
    assert (entry["count"], entry["accepted"]) == (2, 1)


def test_the_same_archive_posted_twice_counts_once(tdt: httpx.Client) -> None:
    sent = a_transmission(an_acte(number="REPOST_1"), serial=901, trigramme="SIM")

    answers = [post(tdt, sent.archive_name, sent.archive) for _ in range(2)]

    assert answers == [200, 200]
    assert received(tdt)[sent.acte_id]["count"] == 1


def rebuilt(archive: bytes, *, without: str = "", change: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    return write_archive(
        Member(name=member.name, data=member.data.replace(*change) if change[0] else member.data)
        for member in read_archive(archive)
        if not without or without not in member.name
    )


@pytest.mark.parametrize(
    ("serial", "fault", "nature"),
    [
        (1001, {"without": "TACT--"}, 3),
        (1002, {"without": "1-1_0.xml"}, 3),
        (1003, {"without": "1-1_2.pdf"}, 3),
        (1004, {"change": (b"<actes:Objet>", b"<actes:Object>")}, 2),
        (1005, {"change": (b"actes:AdressesRetour>", b"actes:Adresses>")}, 2),
        (1006, {"change": (b'SIREN="229999990"', b'SIREN="111111111"')}, 5),
        (1007, {"change": (b'Arrondissement="1"', b'Arrondissement="2"')}, 4),
        (1008, {"change": (b'NumeroInterne="', b'NumeroInterne="X')}, 100),
    ],
)
def test_each_fault_of_an_envelope_has_its_nature(
    tdt: httpx.Client, aside: Path, serial: int, fault: dict[str, Any], nature: int
) -> None:
    sent = a_transmission(an_acte(number=f"FAUTE_{serial}"), serial=serial)

    assert post(tdt, sent.archive_name, rebuilt(sent.archive, **fault)) == 200

    anomaly = parse_envelope(put_aside(aside, f"ANO_{sent.envelope_name}"))
    assert isinstance(anomaly, AnomalieEnveloppe)
    assert anomaly.nature == nature
    assert sent.acte_id not in received(tdt)


@pytest.mark.parametrize(
    ("acte", "nature"),
    [
        (an_acte(number="M1", matiere=(7, 99)), "003"),
        (an_acte(number="M2", document=a_piece(type_code="99_AI")), "004"),
        (an_acte(number="M3", decided_on=date(2026, 12, 24)), "005"),
        (an_acte(number="M4", classification_date=date(2018, 1, 1)), "002"),
    ],
)
def test_each_fault_of_an_act_has_its_nature(tdt: httpx.Client, aside: Path, acte: Acte, nature: str) -> None:
    sent = a_transmission(acte, serial=1100 + int(acte.number[1:]))

    assert post(tdt, sent.archive_name, sent.archive) == 200

    anomaly = parse_message(put_aside(aside, "*----1-3_*.xml", acte.number))
    assert isinstance(anomaly, AnomalieActe)
    assert anomaly.nature == nature


def put_aside(folder: Path, pattern: str, content: str = "") -> bytes:
    """The return of that name, once it has come, among those the TdT could not attach to anything."""
    found: list[bytes] = []

    def come() -> bool:
        motives = {motive.parent for motive in folder.glob("*/motif.txt")}
        files = [file for file in folder.glob(f"*/{pattern}") if file.parent in motives]
        found[:] = [data for file in files if f'"{content}"'.encode() in (data := file.read_bytes()) or not content]
        return bool(found)

    until(come, pattern)
    return found[0]


def test_what_is_no_archive_is_refused_at_the_door(tdt: httpx.Client) -> None:
    assert post(tdt, "photo.jpg", b"x") == 400
    assert tdt.post("/ministere/depot").status_code == 400


def test_a_cancelled_act_is_cancelled_at_the_ministry_too(tdt: httpx.Client) -> None:
    act = identifier(deposit(tdt, "ANNUL_1"))
    early = tdt.post(f"{ACTES}/actes_transac_cancel.php", data={"api": "1", "id": act})
    settled(tdt, act, 4)

    request = identifier(tdt.post(f"{ACTES}/actes_transac_cancel.php", data={"api": "1", "id": act}))
    twice = tdt.post(f"{ACTES}/actes_transac_cancel.php", data={"api": "1", "id": act})
    settled(tdt, request, 4)

    assert early.content.startswith(b"KO\nImpossible d'annuler")
    assert twice.content.startswith(b"KO\nUne demande d'annulation")
    assert b"ARAnnulation" in status(tdt, act)
    assert state(tdt, act) == 0


@pytest.mark.parametrize(("kind", "first", "answer"), [("2-1", 21, ""), ("3-1", 8, "4"), ("4-1", 8, "3")])
def test_a_letter_of_the_prefecture_is_received_read_and_answered(
    tdt: httpx.Client, kind: str, first: int, answer: str
) -> None:
    number = f"LETTRE_{kind[0]}"
    act = identifier(deposit(tdt, number))
    settled(tdt, act, 4)
    unique_id = f"099-229999990-20261217-{number}-DE"

    tdt.post("/ministere/courrier", data={"acte": unique_id, "type": kind})
    until(lambda: any(item["number"] == number for item in letters(tdt)), "the letter")
    letter = next(int(item["id"]) for item in letters(tdt) if item["number"] == number)
    line = tdt.get(f"{ACTES}/actes_transac_get_document.php", params={"id": act}).text
    files = tdt.get(f"{ACTES}/actes_transac_get_document.php", params={"id": letter}, follow_redirects=True)
    reply = tdt.post(
        f"{ACTES}/actes_transac_reponse_create.php",
        data={"api": "1", "id": letter, "type_envoie": answer, "type_acte": "99_AU"},
        files={"acte_pdf_file": ("r.pdf", a_piece().data)},
    )
    done = settled(tdt, identifier(reply), 4 if answer else 3)
    tdt.get(f"{ACTES}/api/document_prefecture_mark_as_read.php", params={"transaction_id": letter})

    assert line == f"{kind[0]}-{first}-{letter}\n"
    assert len(read_archive(files.content)) == 3
    assert answer == "" or b"DateReception" in done
    assert all(item["number"] != number for item in letters(tdt))


def letters(client: httpx.Client) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get(f"{ACTES}/api/list_document_prefecture.php").json()
    return found


def test_another_emitter_is_not_this_collectivity(tdt: httpx.Client, aside: Path) -> None:
    stranger = Emitter(siren="111111111", departement="099", arrondissement="1", nature="22")
    sent = a_transmission(an_acte(number="SIREN_1"), emitter=stranger)

    post(tdt, sent.archive_name, sent.archive)

    anomaly = parse_envelope(put_aside(aside, f"ANO_{sent.envelope_name}"))
    assert isinstance(anomaly, AnomalieEnveloppe)
    assert (anomaly.nature, anomaly.received.emitter.siren) == (5, "111111111")
