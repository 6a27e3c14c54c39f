"""A deposit goes through the TdT, reaches the ministry, and its acknowledgement comes back."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path

import httpx
import pikepdf
import pytest
from lxml import etree

from hemicycle.protocols.actes import describe, parse_acknowledgement
from tests.protocols.actes.made import a_pdf

from .speaking import ACTES, deposit, identifier, received, settled, state, status


def test_a_deposit_is_acknowledged_and_its_acknowledgement_is_valid(tdt: httpx.Client, shared: Path) -> None:
    schema = etree.XMLSchema(file=str(shared / "norms/actes/xsd/actesv1_1.xsd"))
    reply = deposit(tdt, "AR_1")
    transaction = identifier(reply)

    answer = settled(tdt, transaction, 4)

    assert reply.content == f"OK\n{transaction}\n\n".encode()
    xml = answer.split(b"\n", 2)[2]
    schema.assertValid(etree.fromstring(xml))
    acknowledgement = parse_acknowledgement(xml)
    assert acknowledgement.acte_id == "099-229999990-20261217-AR_1-DE"
    assert acknowledgement.received_on == date(2026, 12, 18)
    assert acknowledgement.acte.subject == "Subvention d'équipement"


def test_the_ministry_received_the_act_once_with_its_bytes(tdt: httpx.Client) -> None:
    transaction = identifier(deposit(tdt, "BYTES_1", pdf=a_pdf("octets")))

    settled(tdt, transaction, 4)

    acte = received(tdt)["099-229999990-20261217-BYTES_1-DE"]
    assert (acte["count"], acte["accepted"]) == (1, 1)
    assert acte["documents"][0] == {
        "name": "99_DE-099-229999990-20261217-BYTES_1-DE-1-1_1.pdf",
        "sha256": hashlib.sha256(a_pdf("octets")).hexdigest(),
    }


def test_the_acknowledgement_leaves_the_status_once_the_act_is_closed(tdt: httpx.Client) -> None:
    transaction = identifier(deposit(tdt, "CLOSE_1"))
    settled(tdt, transaction, 4)

    tdt.post(f"{ACTES}/actes_transac_close.php", data={"api": "1", "id": transaction, "status": "valid"})

    assert status(tdt, transaction) == b"OK\n5\n"
    xml = tdt.get(f"{ACTES}/actes_transac_get_ARActe.php", params={"id": transaction}).content
    assert parse_acknowledgement(xml).acte.number == "CLOSE_1"


def test_the_archive_and_the_stamped_act_can_be_fetched(tdt: httpx.Client) -> None:
    transaction = identifier(deposit(tdt, "FILES_1"))
    settled(tdt, transaction, 4)

    files = tdt.get(f"{ACTES}/actes_transac_get_files_list.php", params={"transaction": transaction}).json()
    params = {"file": files[1]["id"], "tampon": "true", "date_affichage": "2026-12-19"}
    stamped = tdt.get(f"{ACTES}/actes_download_file.php", params=params).content
    page = tdt.get(f"{ACTES}/actes_transac_show.php", params={"id": transaction}).text
    archive = tdt.get(page.split('href="')[1].split('"')[0])

    assert [file["code_pj"] for file in files] == ["", "99_DE", "21_RP"]
    with pikepdf.open(io.BytesIO(stamped)) as pdf:
        text = pdf.pages[0].Contents[-1].read_bytes().decode("cp1252")
    assert "ID : 099-229999990-20261217-FILES_1-DE" in text
    assert "Affiché le 19/12/2026" in text
    name = archive.headers["content-disposition"].split('"')[1]
    verdict = describe(archive.content, name)
    assert verdict is not None
    assert verdict.problems == []


@pytest.mark.parametrize(
    ("number", "changes", "reason"),
    [
        ("bas-1", {}, "Le numéro n'est pas correct"),
        ("FUTUR_1", {"decision_date": "2026-12-19"}, "La date de décision est une date dans le futur"),
        ("TYPE_1", {"type_acte": ""}, "typologie absente"),
        ("TYPE_2", {"type_pj[]": ["21"]}, "Le code de la PJ doit faire 5 caractères"),
        ("MAT_1", {"classif2": ""}, "Les deux premiers niveaux de classification sont obligatoires."),
        ("VIDE_1", {"pdf": b""}, "Aucun fichier acte n'a été posté"),
        ("XML_1", {"pdf": b"<?xml version='1.0'?><a/>"}, "Seuls les documents budgétaires"),
    ],
)
def test_a_bad_deposit_is_ko_with_200_and_writes_nothing(
    tdt: httpx.Client, number: str, changes: dict[str, object], reason: str
) -> None:
    reply = deposit(tdt, number, **changes)

    assert reply.status_code == 200
    assert reply.content.decode("iso-8859-1").startswith("KO\n")
    assert reason in reply.content.decode("iso-8859-1")
    if reason != "Le numéro n'est pas correct":
        assert identifier(deposit(tdt, number))


def test_a_number_is_never_free_again_even_after_an_error(tdt: httpx.Client) -> None:
    transaction = identifier(deposit(tdt, "PRIS_1", type_acte="99_AI"))
    answer = settled(tdt, transaction, -1)
    assert "Enveloppe invalide : 99_AI-099-229999990-20261217-PRIS_1-DE-1-1_1.pdf" in answer.decode("latin-1")

    again = deposit(tdt, "PRIS_1")

    assert "existe déjà dans la base de données.\nIl faut peut-être" in again.content.decode("iso-8859-1")


def test_a_caller_without_account_is_sent_to_the_login_page(tdt: httpx.Client) -> None:
    url = f"{tdt.base_url}{ACTES}/actes_transac_get_status.php?transaction=1"

    bare = httpx.get(url)
    wrong = httpx.get(url, auth=("simulateur", "faux"))

    assert (bare.status_code, bare.headers["location"]) == (302, "/login.php?error=multiple_accounts")
    assert wrong.content.decode("iso-8859-1") == "KO\nÉchec de l'authentification\n"


def test_an_unknown_transaction_is_ko(tdt: httpx.Client) -> None:
    assert status(tdt, 999999) == "KO\nNuméro de transaction invalide.\n".encode("iso-8859-1")


def test_the_lists_count_one_state_at_a_time(tdt: httpx.Client) -> None:
    transaction = identifier(deposit(tdt, "LIST_1"))
    settled(tdt, transaction, 4)

    listed = tdt.get(f"{ACTES}/api/list_actes.php", params={"status_id": 4, "limit": 1000}).json()
    number = tdt.get(f"{ACTES}/api/number_actes.php", params={"status_id": 4}).json()

    mine = next(item for item in listed["transactions"] if item["number"] == "LIST_1")
    assert (mine["id"], mine["date"], mine["classification"]) == (transaction, "2026-12-17", "7.5")
    assert number["nb_transactions"] == len(listed["transactions"])
    assert tdt.get(f"{ACTES}/api/actes_status.php").json()["3"] == "Transmis"


def test_the_page_shows_the_act_in_french(tdt: httpx.Client) -> None:
    identifier(deposit(tdt, "PAGE_1", subject=b"<b>Objet</b>"))

    page = tdt.get("/").text

    assert "simulateur" in page
    assert "PAGE_1" in page
    assert "<b>Objet</b>" not in page
    assert state(tdt, 1) is not None
