"""Each scenario does what it says, for one act or for those to come, and is still there after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from hemicycle.protocols.actes import AnomalieActe, parse_acknowledgement, parse_message, read_archive, read_return
from hemicycle.protocols.actes.messages import KINDS, Courrier, DefereTA

from .conftest import NOW
from .running import running_prefecture
from .speaking import ACTES, calling, deposit, identifier, received, settled, state, status, until


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[httpx.Client]:
    """One simulator for all these tests: each chooses its scenario for its own number."""
    schemas = str(shared / "norms/actes/xsd")
    folder = tmp_path_factory.mktemp("scenarios")
    with running_prefecture(folder, *NOW, "--schemas", schemas, "--hold", "1") as url, calling(url) as client:
        yield client


def choose(client: httpx.Client, scenario: str, number: str = "", times: str = "") -> None:
    reply = client.post("/scenario", data={"scenario": scenario, "number": number, "times": times})
    assert reply.status_code == 303, reply.text


def unique_id(number: str) -> str:
    return f"099-229999990-20261217-{number}-DE"


def exchanges(client: httpx.Client, number: str) -> list[str]:
    acte = received(client).get(unique_id(number), {"exchanges": []})
    return [item["code"] for item in acte["exchanges"] if item["sent"]]


def aside(client: httpx.Client, word: str) -> dict[str, Any]:
    """The return put aside whose reason, or whose parts, hold that word."""
    found: list[dict[str, Any]] = []

    def come() -> bool:
        found[:] = [r for r in client.get("/retours.json").json()["retours"] if word in f"{r['motif']} {r['pieces']}"]
        return bool(found)

    until(come, f"a return put aside for {word}")
    return found[0]


def letter_about(client: httpx.Client, number: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = []

    def come() -> bool:
        listed = client.get(f"{ACTES}/api/list_document_prefecture.php").json()
        found[:] = [item for item in listed if item["number"] == number]
        return bool(found)

    until(come, f"a letter about {number}")
    return found[-1]


def test_a_second_acknowledgement_changes_nothing(played: httpx.Client) -> None:
    choose(played, "double", "TWICE_1")

    act = identifier(deposit(played, "TWICE_1"))
    settled(played, act, 4)
    until(lambda: exchanges(played, "TWICE_1") == ["1-1", "1-2", "1-2"], "both acknowledgements")

    assert state(played, act) == 4


def test_an_anomaly_after_the_acknowledgement_is_put_aside_until_an_operator_attaches_it(played: httpx.Client) -> None:
    choose(played, "late-anomaly", "LATE_1")
    act = identifier(deposit(played, "LATE_1"))
    settled(played, act, 4)

    late = aside(played, "Une anomalie est arrivée après")
    before = state(played, act)
    played.post("/retours/rattacher", data={"retour": late["retour"]})

    assert (before, state(played, act)) == (4, -1)
    xml = status(played, act).split(b"\n", 2)[2].rpartition(b"</actes:AnomalieActe>")[0]
    anomaly = parse_message(xml + b"</actes:AnomalieActe>")
    assert isinstance(anomaly, AnomalieActe)
    assert anomaly.acte.number == "LATE_1"


def test_an_acknowledgement_of_another_siren_never_acknowledges_by_itself(played: httpx.Client) -> None:
    choose(played, "other-siren", "SIREN_2")
    act = identifier(deposit(played, "SIREN_2"))

    foreign = aside(played, "099-111111111-20261217-SIREN_2-DE")
    before = state(played, act)
    played.post("/retours/rattacher", data={"retour": foreign["retour"]})

    assert (before, state(played, act)) == (3, 4)
    assert parse_acknowledgement(status(played, act).split(b"\n", 2)[2]).acte_id.split("-")[1] == "111111111"


def test_a_message_nobody_knows_is_put_aside(played: httpx.Client) -> None:
    choose(played, "unknown-message", "WHAT_1")
    act = identifier(deposit(played, "WHAT_1"))

    settled(played, act, 4)

    unknown = aside(played, "AvisDuMinistere")
    assert played.post("/retours/rattacher", data={"retour": unknown["retour"]}).status_code == 404
    assert aside(played, "AvisDuMinistere") == unknown


@pytest.mark.parametrize(
    ("scenario", "number"), [("disordered", "ORDER_1"), ("lying", "LIES_1"), ("multi-canal", "CANAL_1")]
)
def test_a_return_of_an_odd_look_acknowledges_all_the_same(played: httpx.Client, scenario: str, number: str) -> None:
    choose(played, scenario, number)

    answer = settled(played, identifier(deposit(played, number)), 4)

    acknowledgement = parse_acknowledgement(answer.split(b"\n", 2)[2])
    assert acknowledgement.acte_id == unique_id(number)
    assert (acknowledgement.acte.paper is None) == (scenario == "lying")


def test_an_envelope_may_be_rejected_under_a_nature_outside_the_list(played: httpx.Client) -> None:
    choose(played, "envelope-999", "REJECT_1")

    answer = settled(played, identifier(deposit(played, "REJECT_1")), -1)

    assert b"<actes:Nature>999</actes:Nature>" in answer
    assert "Anomalie d'enveloppe 999" in answer.decode("latin-1")


@pytest.mark.parametrize(("flow", "first"), [("2-1", 21), ("3-1", 8), ("4-1", 8), ("5-1", 21)])
def test_each_letter_follows_its_acknowledgement_with_its_documents(
    played: httpx.Client, flow: str, first: int
) -> None:
    number = f"SCENE_{flow[0]}"
    choose(played, f"letter-{flow}", number)
    act = identifier(deposit(played, number))

    letter = letter_about(played, number)
    archive = played.get(
        f"{ACTES}/actes_transac_get_document.php", params={"id": letter["id"]}, follow_redirects=True
    ).content

    assert (letter["type"], letter["related_transaction_id"], letter["last_status_id"]) == (flow[0], act, first)
    found = read_return(read_archive(archive))
    assert found is not None
    message = found.messages[0].message
    assert isinstance(message, Courrier | DefereTA)
    assert KINDS[message.root].code == flow
    assert message.acte_id == unique_id(number)
    assert len(found.messages[0].documents) == (2 if flow == "5-1" else 1)
    assert all(document.data.startswith(b"%PDF-") for document in found.messages[0].documents)


def test_a_reminder_is_the_same_letter_again_and_the_whole_exchange_is_a_line(played: httpx.Client) -> None:
    choose(played, "letter-4-1", "LINE_1")
    identifier(deposit(played, "LINE_1"))
    first = letter_about(played, "LINE_1")
    played.get(f"{ACTES}/api/document_prefecture_mark_as_read.php", params={"transaction_id": first["id"]})

    form = {"acte": unique_id("LINE_1"), "type": "4-1", "rappel": "1", "texte": "Délai dépassé"}
    played.post("/ministere/courrier", data=form)
    second = letter_about(played, "LINE_1")
    reply = played.post(
        f"{ACTES}/actes_transac_reponse_create.php",
        data={"api": "1", "id": second["id"], "type_envoie": "4", "type_acte": "99_AU"},
        files={"acte_pdf_file": ("r.pdf", b"%PDF-1.7\n%%EOF")},
    )
    settled(played, identifier(reply), 4)

    archive = played.get(
        f"{ACTES}/actes_transac_get_document.php", params={"id": second["id"]}, follow_redirects=True
    ).content
    found = read_return(read_archive(archive))
    assert found is not None
    message = found.messages[0].message
    assert isinstance(message, Courrier)
    assert message.text == "Rappel. Délai dépassé"
    # A receipt may leave after the next letter has come.
    assert sorted(exchanges(played, "LINE_1")) == ["1-1", "1-2", "4-1", "4-1", "4-2", "4-2", "4-4", "4-5"]
    page = played.get("/").text
    assert "<strong>4-4</strong> Réponse à une lettre d’observations, de la collectivité" in page


@pytest.mark.parametrize("scenario", ["tdt-lost", "tdt-timeout"])
def test_an_answer_that_does_not_come_leaves_one_act_recorded(played: httpx.Client, scenario: str) -> None:
    number = scenario.upper().replace("-", "_")
    choose(played, scenario, number, times="1")

    lost = deposit(played, number)
    again = deposit(played, number)

    assert lost.status_code == 504
    assert "existe déjà" in again.content.decode("latin-1")
    until(lambda: unique_id(number) in received(played), "the act at the ministry")
    assert received(played)[unique_id(number)]["accepted"] == 1


def test_a_reply_cut_on_its_way_leaves_one_act_recorded(played: httpx.Client) -> None:
    choose(played, "tdt-truncated", "CUT_1")

    with pytest.raises(httpx.RemoteProtocolError):
        deposit(played, "CUT_1")

    until(lambda: unique_id("CUT_1") in received(played), "the act at the ministry")


@pytest.mark.parametrize(("scenario", "code"), [("tdt-maintenance", 503), ("tdt-page", 200)])
def test_a_platform_in_maintenance_answers_a_page_as_long_as_told(
    played: httpx.Client, scenario: str, code: int
) -> None:
    choose(played, scenario, times="2")

    answers = [played.get("/api/test-connexion.php") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [code, code, 200]
    assert "Maintenance en cours" in answers[0].text
    assert answers[2].text == "OK\n"


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ({"scenario": "greve"}, "n’existe pas"),
        ({"scenario": "tdt-page", "number": "A1"}, "laissez le numéro vide"),
    ],
)
def test_a_scenario_that_cannot_be_played_is_refused(played: httpx.Client, form: dict[str, str], word: str) -> None:
    reply = played.post("/scenario", data=form)

    assert reply.status_code == 400
    assert word in reply.text


@pytest.mark.parametrize("form", [{"acte": "x", "type": "4-1"}, {"acte": "x", "type": "9-1"}])
def test_no_letter_is_written_about_nothing(played: httpx.Client, form: dict[str, str]) -> None:
    assert played.post("/ministere/courrier", data=form).status_code == 404


def test_a_ministry_in_maintenance_takes_the_act_later_and_once(tmp_path: Path) -> None:
    with running_prefecture(tmp_path, *NOW, "--scenario", "maintenance") as url, calling(url) as tdt:
        act = identifier(deposit(tdt, "CLOSED_1"))
        settled(tdt, act, 2)
        waiting = received(tdt)
        choose(tdt, "normal")
        settled(tdt, act, 4)

        assert waiting == {}
        assert received(tdt)[unique_id("CLOSED_1")]["count"] == 1


def test_a_classification_that_changes_is_healed_by_asking_for_it(tmp_path: Path) -> None:
    with running_prefecture(tmp_path, *NOW) as url, calling(url) as tdt:
        choose(tdt, "classification", times="1")
        refused = settled(tdt, identifier(deposit(tdt, "OLD_1")), -1)
        settled(tdt, identifier(tdt.post(f"{ACTES}/actes_classification_request.php?api=1")), 4)
        answer = settled(tdt, identifier(deposit(tdt, "OLD_2")), 4)

    assert b"<actes:Nature>002</actes:Nature>" in refused
    assert parse_acknowledgement(answer.split(b"\n", 2)[2]).acte.classification_date == date(2026, 12, 18)


def test_what_was_chosen_is_still_chosen_after_a_kill(tmp_path: Path) -> None:
    with running_prefecture(tmp_path, *NOW, kill=True) as url, calling(url) as tdt:
        choose(tdt, "anomaly", "KEPT_1")
        choose(tdt, "silent", times="1")

    with running_prefecture(tmp_path, *NOW) as url, calling(url) as tdt:
        quiet = identifier(deposit(tdt, "QUIET_1"))
        until(lambda: unique_id("QUIET_1") in received(tdt), "the act at the ministry")
        settled(tdt, identifier(deposit(tdt, "KEPT_1")), -1)
        settled(tdt, identifier(deposit(tdt, "AFTER_1")), 4)

        assert state(tdt, quiet) == 3
        assert "QUIET_1" in tdt.get("/").text
