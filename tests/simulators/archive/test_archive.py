"""The archive simulator, driven over HTTP."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from hemicycle.protocols.seda.package import Document, Rule, Rules, Unit
from hemicycle.protocols.seda.reading import read_xml
from hemicycle.protocols.seda.reply import Reply, read_reply
from hemicycle.protocols.seda.schema import violation
from hemicycle.protocols.seda.sip import build_sip
from tests.protocols.seda.building import transfer
from tests.simulators.archive.running import running_archive

HEADERS = {"X-Tenant-Id": "0", "Content-Type": "application/octet-stream"}
INGESTS = "/ingest-external/v1/ingests"


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    data = tmp_path_factory.mktemp("archive")
    options = ("--delay", "0.05", "--now", "2026-03-20T08:00:00+01:00")
    with running_archive(data, *options) as url, httpx.Client(base_url=url) as client:
        yield client


def _deposit(http: httpx.Client, package: bytes, **headers: str) -> str:
    answer = http.post(INGESTS, content=package, headers=HEADERS | headers)
    assert answer.status_code == 202
    return answer.headers["X-Request-Id"]


def _reply_bytes(http: httpx.Client, operation_id: str) -> bytes:
    for _ in range(200):
        if http.head(f"/admin-external/v1/operations/{operation_id}").status_code == 200:
            return http.get(f"{INGESTS}/{operation_id}/archivetransferreply").content
        time.sleep(0.02)
    raise AssertionError("no verdict")


def _judge(http: httpx.Client, package: bytes, **headers: str) -> Reply:
    return read_reply(_reply_bytes(http, _deposit(http, package, **headers)))


def _sip(identifier: str, **changes: Any) -> bytes:
    return build_sip(transfer(identifier=identifier, **changes)).data


def _repacked(package: bytes, **replaced: bytes) -> bytes:
    source, buffer = zipfile.ZipFile(io.BytesIO(package)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, replaced.get(name, source.read(name)))
    return buffer.getvalue()


def test_an_accepted_transfer_gets_a_valid_reply_naming_every_piece(http: httpx.Client, shared: Path) -> None:
    sip = build_sip(transfer(identifier="SIM-OK"))

    data = _reply_bytes(http, _deposit(http, sip.data))

    reply = read_reply(data)
    assert violation(read_xml(data), shared / "norms/seda/xsd", "standard") is None
    assert (reply.code, reply.request_id, reply.archival_agency) == ("OK", "SIM-OK", "FRAD099")
    assert set(reply.objects) == {piece.object_id for piece in sip.pieces}
    assert {piece.unit_id for piece in sip.pieces} < set(reply.units)
    assert len({len(given) for given in (*reply.objects.values(), *reply.units.values())} | {36}) == 1
    assert reply.date.startswith("2026-03-20T07:")


def test_a_wrong_format_is_accepted_with_a_warning_and_a_valid_reply(http: httpx.Client, shared: Path) -> None:
    unit = Unit(title="Acte", documents=(Document(filename="a.pdf", data=b"%PDF-1.7\n", puid="fmt/476"),))

    data = _reply_bytes(http, _deposit(http, _sip("SIM-WARNING", root=unit)))

    reply = read_reply(data)
    assert violation(read_xml(data), shared / "norms/seda/xsd", "standard") is None
    assert (reply.accepted, reply.warning, len(reply.units)) == (True, True, 1)
    assert any("fmt/276" in message for message in reply.messages)


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"agreement": "IC-INCONNU"}, "CHECK_HEADER.CHECK_CONTRACT_INGEST.CONTRACT_UNKNOWN.KO"),
        ({"originating_agency": "11111111111111"}, "CHECK_HEADER.CHECK_AGENT.UNKNOWN.KO"),
        ({"archival_agency": "FRAD001"}, "CHECK_HEADER.CHECK_AGENT.UNKNOWN.KO"),
        ({"rules": Rules(access=Rule(code="ACC-AUTRE"))}, "UNITS_RULES_COMPUTE.UNKNOWN.KO"),
        ({"rules": Rules(access=Rule(code="DIS-LIBRE"))}, "UNITS_RULES_COMPUTE.CONSISTENCY.KO"),
    ],
)
def test_what_the_platform_does_not_know_is_refused(http: httpx.Client, changes: Any, detail: str) -> None:
    identifier = f"SIM-{abs(hash(str(changes))) % 10**9}"

    reply = _judge(http, _sip(identifier, **changes))

    assert (reply.state, reply.request_id, reply.units) == ("rejected", identifier, {})
    assert detail in [event.detail for event in reply.events]


def test_an_object_that_changed_on_the_way_is_refused(http: httpx.Client) -> None:
    sip = build_sip(transfer(identifier="SIM-DIGEST"))
    tampered = _repacked(sip.data, **{sip.pieces[0].uri: sip.pieces[0].document.data.replace(b"EOF", b"FIN")})

    reply = _judge(http, tampered)

    assert "CHECK_DIGEST.INVALID.KO" in [event.detail for event in reply.events]


def test_bytes_that_are_no_package_get_an_early_refusal(http: httpx.Client) -> None:
    reply = _judge(http, b"ceci n'est pas un paquet")

    assert (reply.state, reply.request_id, reply.version) == ("rejected", "", "2.2")
    assert "CHECK_CONTAINER.KO" in [event.detail for event in reply.events]


def test_an_identifier_already_used_is_refused(http: httpx.Client) -> None:
    first = _judge(http, _sip("SIM-DEUX"))

    second = _judge(http, _sip("SIM-DEUX", comment="Second envoi"))

    assert (first.accepted, second.accepted) == (True, False)
    assert any("a déjà servi" in message for message in second.messages)


def test_a_manifest_whose_announced_digest_differs_is_refused(http: httpx.Client) -> None:
    reply = _judge(http, _sip("SIM-EMPREINTE"), **{"X-Manifest-Digest-Value": "00"})

    assert "MANIFEST_DIGEST_CHECK.KO" in [event.detail for event in reply.events]


def test_a_blank_test_archives_nothing_and_leaves_the_identifier_free(http: httpx.Client) -> None:
    blank = _judge(http, _sip("SIM-BLANC"), **{"X-Context-Id": "BLANK_TEST"})

    real = _judge(http, _sip("SIM-BLANC"))

    assert (blank.state, blank.granted, real.accepted) == ("tested", "", True)


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        ({"Content-Type": "application/octet-stream"}, b"PK", 412),
        ({"X-Tenant-Id": "0", "Content-Type": "application/json"}, b"{}", 415),
        (HEADERS, b"", 400),
    ],
)
def test_a_malformed_call_is_refused_at_once(http: httpx.Client, headers: Any, body: bytes, code: int) -> None:
    before = len(http.get("/simulateur/depots.json").json())

    answer = http.post(INGESTS, content=body, headers=headers)

    assert answer.status_code == code
    assert len(http.get("/simulateur/depots.json").json()) == before


def test_an_unknown_operation_has_no_content_and_no_reply(http: httpx.Client) -> None:
    assert http.get("/admin-external/v1/operations/inconnue").status_code == 204
    assert http.get(f"{INGESTS}/inconnue/archivetransferreply").status_code == 404
    assert http.get("/simulateur/..%2f..%2fetc/paquet").status_code == 404


@pytest.mark.parametrize("query", ["{", '{"$query": {"$regex": {"a": "b"}}}', '{"$query": {"$and": 3}}', "[" * 5000])
def test_a_logbook_query_it_does_not_know_is_said_so(http: httpx.Client, query: str) -> None:
    answer = http.request("GET", "/access-external/v1/logbookoperations", content=query)

    assert answer.status_code == 412


def test_the_page_shows_the_deposit_its_verdict_and_its_documents(http: httpx.Client) -> None:
    operation_id = _deposit(http, _sip("SIM-PAGE", comment="Vote <du> budget & annexe", agreement="IC-AUTRE"))
    _reply_bytes(http, operation_id)

    page = http.get("/").text

    assert 'lang="fr"' in page
    assert "simulateur" in page
    assert "SIM-PAGE" in page
    assert "Vote &lt;du&gt; budget &amp; annexe" in page
    assert "refusé" in page
    assert http.get(f"/simulateur/{operation_id}/reponse").status_code == 200
    assert zipfile.is_zipfile(io.BytesIO(http.get(f"/simulateur/{operation_id}/paquet").content))


def test_an_accepted_manifest_can_be_fetched_back_and_a_refused_one_cannot(http: httpx.Client) -> None:
    sip = build_sip(transfer(identifier="SIM-MANIFESTE"))
    accepted, refused = _deposit(http, sip.data), _deposit(http, b"rien")
    _reply_bytes(http, accepted), _reply_bytes(http, refused)

    assert http.get(f"{INGESTS}/{accepted}/manifests").content == sip.manifest
    assert http.get(f"{INGESTS}/{refused}/manifests").status_code == 404


def test_a_deposit_received_before_a_stop_is_judged_after_the_restart(tmp_path: Path) -> None:
    with running_archive(tmp_path, "--delay", "60") as url, httpx.Client(base_url=url) as client:
        operation_id = _deposit(client, _sip("SIM-REPRISE"))

    with running_archive(tmp_path, "--delay", "0") as url, httpx.Client(base_url=url) as client:
        reply = read_reply(_reply_bytes(client, operation_id))
        deposits = client.get("/simulateur/depots.json").json()

    assert (reply.accepted, reply.request_id) == (True, "SIM-REPRISE")
    assert [(d["operation_id"], d["status"]) for d in deposits] == [(operation_id, "OK")]


def test_with_the_official_schemas_a_misplaced_element_is_refused(tmp_path: Path, shared: Path) -> None:
    sip = build_sip(transfer(identifier="SIM-XSD"))
    manifest = sip.manifest.replace(b"<LegalStatus>Public Archive</LegalStatus>", b"")
    manifest = manifest.replace(
        b"</ManagementMetadata>", b"<LegalStatus>Public Archive</LegalStatus></ManagementMetadata>"
    )
    options = ("--delay", "0", "--schemas", str(shared / "norms/seda/xsd"))

    with running_archive(tmp_path, *options) as url, httpx.Client(base_url=url) as client:
        refused = _judge(client, _repacked(sip.data, **{"manifest.xml": manifest}))
        accepted = _judge(client, _sip("SIM-XSD-2"))

    assert "CHECK_SEDA.NOT_XSD_VALID.KO" in [event.detail for event in refused.events]
    assert accepted.accepted


def test_the_options_open_the_platform(tmp_path: Path) -> None:
    options = (
        "--delay",
        "0",
        "--any-agency",
        "--accept-repeated",
        "--agreement",
        "IC-AUTRE",
        "--rule",
        "A1=AccessRule",
    )
    sip = replace(
        transfer(identifier="SIM-OPTIONS", agreement="IC-AUTRE", rules=Rules(access=Rule(code="A1"))),
        originating_agency="11111111111111",
        root=Unit(title="Dossier"),
    )

    with running_archive(tmp_path, *options) as url, httpx.Client(base_url=url) as client:
        replies = [_judge(client, build_sip(sip).data) for _ in range(2)]

    assert [reply.code for reply in replies] == ["OK", "OK"]
