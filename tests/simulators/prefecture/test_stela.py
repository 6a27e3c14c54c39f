"""A second TdT, with Stela's own API, before the same ministry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.protocols.actes.made import a_pdf

from .conftest import NOW
from .running import running_prefecture
from .speaking import calling, deposit, received, until

ACTES = "/editeur/api/acte"
CERTIFICATE = {"x-ssl-client-m-serial": "51A0"}


@pytest.fixture(scope="module")
def stela(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[httpx.Client]:
    schemas = str(shared / "norms/actes/xsd")
    with (
        running_prefecture(tmp_path_factory.mktemp("stela"), *NOW, "--schemas", schemas) as url,
        httpx.Client(base_url=url, headers=CERTIFICATE, timeout=10) as client,
    ):
        yield client


def publish(client: httpx.Client, number: str, **changes: Any) -> httpx.Response:
    fields: dict[str, Any] = {
        "number": number,
        "objet": "Subvention d’équipement",
        "nature": "DELIBERATIONS",
        "code": "7-5-0-0-0",
        "decision": "2026-12-17",
        "fileType": "99_DE",
        "annexeTypes": ["annexe.pdf:21_RP"],
    }
    files = [
        ("file", ("acte.pdf", a_pdf(), "application/pdf")),
        ("annexes", ("annexe.pdf", a_pdf("Annexe"), "application/pdf")),
    ]
    return client.post(ACTES, data=fields | changes, files=files)


def unique_id(number: str) -> str:
    return f"099-229999990-20261217-{number}-DE"


def statuses(client: httpx.Client, uuid: str) -> list[str]:
    """Oldest first."""
    return [item["status"] for item in client.get(f"{ACTES}/{uuid}").json()["acteHistories"]][::-1]


def reached(client: httpx.Client, uuid: str, status: str, times: int = 1) -> None:
    until(lambda: statuses(client, uuid).count(status) >= times, f"{status} of {uuid}")


def test_an_act_goes_through_stela_to_its_acknowledgement(stela: httpx.Client) -> None:
    uuid = publish(stela, "ST_1").text
    reached(stela, uuid, "ACK_RECEIVED")

    acte = stela.get(f"{ACTES}/{uuid}").json()

    assert statuses(stela, uuid) == [
        "CREATED",
        "ANTIVIRUS_OK",
        "ARCHIVE_CREATED",
        "ARCHIVE_SIZE_CHECKED",
        "SENT",
        "ACK_RECEIVED",
    ]
    assert (acte["number"], acte["miatId"], acte["lastHistoryStatus"]) == ("ST_1", unique_id("ST_1"), "ACK_RECEIVED")
    assert [file["attachmentTypeCode"] for file in [acte["acteAttachment"], *acte["annexes"]]] == ["99_DE", "21_RP"]
    assert all("file" not in history for history in acte["acteHistories"])
    assert received(stela)[unique_id("ST_1")]["accepted"] == 1
    stamped = stela.get(f"/api/acte/public/{uuid}/file/stamped").content
    assert stamped.startswith(b"%PDF-")
    assert stamped != a_pdf()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"objet": "x" * 501}, "objet"),
        ({"code": "7-10-0-0-0"}, "code"),
        ({"nature": "DELIBERATION"}, "nature"),
        ({"fileType": ""}, "fileType"),
        ({"decision": "2026-13-17"}, "decision"),
        ({"annexeTypes": []}, "annexeType"),
    ],
)
def test_a_bad_act_is_refused_field_by_field(stela: httpx.Client, changes: dict[str, Any], field: str) -> None:
    reply = publish(stela, "BAD_1", **changes)

    assert reply.status_code == 400
    assert [error["field"] for error in reply.json()["errors"]] == [field]


def test_a_number_already_there_is_a_conflict(stela: httpx.Client) -> None:
    publish(stela, "TAKEN_1")

    assert publish(stela, "TAKEN_1").status_code == 409


@pytest.mark.parametrize("serial", [{}, {"x-ssl-client-m-serial": "FFFF"}])
def test_a_certificate_nobody_knows_is_refused(stela: httpx.Client, serial: dict[str, str]) -> None:
    reply = httpx.get(f"{stela.base_url}{ACTES}", headers=serial)

    assert (reply.status_code, reply.text) == (401, "Authentication failed")


def test_a_letter_is_received_answered_and_the_answer_acknowledged(stela: httpx.Client) -> None:
    uuid = publish(stela, "ST_4").text
    reached(stela, uuid, "ACK_RECEIVED")

    stela.post("/ministere/courrier", data={"acte": unique_id("ST_4"), "type": "4-1", "texte": "Visa manquant"})
    reached(stela, uuid, "LETTRE_OBSERVATION_RECEIVED")
    reply = stela.post(f"{ACTES}/{uuid}/lettre-observation", files={"file": ("r.pdf", a_pdf(), "application/pdf")})
    reached(stela, uuid, "ACK_REPONSE_LETTRE_OBSERVATION")

    assert reply.status_code == 200
    histories = stela.get(f"{ACTES}/{uuid}").json()["acteHistories"]
    letter = next(item for item in histories if item["status"] == "LETTRE_OBSERVATION_RECEIVED")
    assert letter["message"] == "Visa manquant"
    codes = [item["code"] for item in received(stela)[unique_id("ST_4")]["exchanges"]]
    assert sorted(codes) == ["1-1", "1-2", "4-1", "4-2", "4-4", "4-5"]


def test_several_pieces_answer_a_request_for_pieces(stela: httpx.Client) -> None:
    uuid = publish(stela, "ST_3").text
    reached(stela, uuid, "ACK_RECEIVED")
    stela.post("/ministere/courrier", data={"acte": unique_id("ST_3"), "type": "3-1"})
    reached(stela, uuid, "DEMANDE_PIECE_COMPLEMENTAIRE_RECEIVED")

    files = [("files", (f"{rank}.pdf", a_pdf(str(rank)), "application/pdf")) for rank in range(2)]
    stela.post(f"{ACTES}/{uuid}/pieces-complementaires", files=files)

    reached(stela, uuid, "ACK_REPONSE_PIECE_COMPLEMENTAIRE")
    assert "PIECE_COMPLEMENTAIRE_ASKED" in statuses(stela, uuid)


def test_a_cancellation_waits_for_the_acknowledgement_and_is_asked_once(stela: httpx.Client) -> None:
    stela.post("/scenario", data={"scenario": "silent", "number": "MUTE_1"})
    mute = publish(stela, "MUTE_1").text
    uuid = publish(stela, "ST_6").text
    reached(stela, uuid, "ACK_RECEIVED")

    answers = [stela.post(f"{ACTES}/{act}/cancel").status_code for act in (mute, uuid, uuid)]

    assert answers == [403, 200, 403]
    reached(stela, uuid, "CANCELLED")


def test_an_anomaly_is_a_nack_with_its_reason(stela: httpx.Client) -> None:
    for scenario in ("anomaly", "envelope-anomaly"):
        number = scenario.upper().replace("-", "_")[:15]
        stela.post("/scenario", data={"scenario": scenario, "number": number})
        uuid = publish(stela, number).text
        reached(stela, uuid, "NACK_RECEIVED")

        assert "demandé" in stela.get(f"{ACTES}/{uuid}").json()["acteHistories"][0]["message"]


def test_the_two_platforms_stand_before_one_ministry(stela: httpx.Client) -> None:
    with calling(str(stela.base_url)) as s2low:
        deposit(s2low, "BOTH_1")
        until(lambda: unique_id("BOTH_1") in received(stela), "the act sent by S²LOW")
        uuid = publish(stela, "BOTH_1").text
        reached(stela, uuid, "NACK_RECEIVED")

    assert received(stela)[unique_id("BOTH_1")]["accepted"] == 1


@pytest.mark.parametrize("scenario", ["tdt-lost", "tdt-truncated"])
def test_an_act_whose_answer_was_lost_is_found_in_the_list(stela: httpx.Client, scenario: str) -> None:
    number = scenario.upper().replace("-", "_")
    stela.post("/scenario", data={"scenario": scenario, "number": number, "times": "1"})

    try:
        lost = publish(stela, number).status_code
    except httpx.RemoteProtocolError:
        lost = 0

    found = [acte for acte in stela.get(ACTES).json() if acte["number"] == number]
    assert lost == (0 if scenario == "tdt-truncated" else 504)
    assert len(found) == 1
    reached(stela, found[0]["uuid"], "ACK_RECEIVED")
    assert received(stela)[unique_id(number)]["count"] == 1


def test_an_act_unknown_is_404_and_the_lists_are_pages(stela: httpx.Client) -> None:
    publish(stela, "LIST_1")
    publish(stela, "LIST_2")

    numbers = [acte["number"] for acte in stela.get(ACTES, params={"limit": 2}).json()]

    assert numbers == ["LIST_2", "LIST_1"]
    assert stela.get(f"{ACTES}/inconnu").status_code == 404
    types = stela.get(f"{ACTES}/attachment-types/DELIBERATIONS/7-5-0-0-0").json()
    assert "99_DE" in [item["code"] for item in types]
    assert "7-5-0-0-0" in [item["code"] for item in stela.get(f"{ACTES}/codes-matieres").json()]


def test_what_stela_took_before_a_kill_is_acknowledged_after_it(tmp_path: Path) -> None:
    with (
        running_prefecture(tmp_path, *NOW, kill=True) as url,
        httpx.Client(base_url=url, headers=CERTIFICATE) as client,
    ):
        uuid = publish(client, "KILL_9").text

    with running_prefecture(tmp_path, *NOW) as url, httpx.Client(base_url=url, headers=CERTIFICATE) as client:
        reached(client, uuid, "ACK_RECEIVED")
        assert received(client)[unique_id("KILL_9")]["count"] == 1
