"""What the authority answers, its own clock and its memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from asn1crypto import algos, core, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from .running import running


class Refusal(core.Sequence):  # type: ignore[misc]
    _fields = [("status", tsp.PKIStatusInfo)]


SEPTEMBER = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)


def question(algorithm: str = "sha256", imprint: bytes = bytes(32)) -> bytes:
    hashed = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": algorithm}), "hashed_message": imprint}
    request = {"version": 1, "message_imprint": tsp.MessageImprint(hashed), "cert_req": True, "nonce": 42}
    return bytes(tsp.TimeStampReq(request).dump())


def stamp(url: str, request: bytes) -> tsp.TimeStampResp:
    return tsp.TimeStampResp.load(httpx.post(f"{url}/tsa", content=request).content)


def test_tokens_and_statuses_bear_the_time_of_the_clock_that_was_set(tmp_path: Path) -> None:
    with running("--now", SEPTEMBER.isoformat()) as url:
        enrolled = httpx.post(f"{url}/enrol", json={"common_name": "Jean Roy"}).json()
        token = stamp(url, question())["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
        issuer = x509.load_pem_x509_certificate(httpx.get(f"{url}/issuing.pem").content)
        asked = ocsp.OCSPRequestBuilder().add_certificate(
            x509.load_pem_x509_certificate(enrolled["certificate_pem"].encode()), issuer, hashes.SHA256()
        )
        body = asked.build().public_bytes(Encoding.DER)
        status = ocsp.load_der_ocsp_response(httpx.post(f"{url}/ocsp", content=body).content)

    minute = timedelta(minutes=1)
    assert SEPTEMBER - minute < token["gen_time"].native < SEPTEMBER + minute
    assert SEPTEMBER - minute < status.this_update_utc < SEPTEMBER + minute
    assert token["nonce"].native == 42


def test_certificates_cover_both_the_shifted_and_the_real_clock() -> None:
    with running("--now", SEPTEMBER.isoformat()) as url:
        enrolled = httpx.post(f"{url}/enrol", json={"common_name": "Jean Roy"}).json()

    assert datetime.fromisoformat(enrolled["not_before"]) < SEPTEMBER - timedelta(days=700)
    assert datetime.fromisoformat(enrolled["not_after"]) > SEPTEMBER + timedelta(days=1000)


def test_an_authority_restarted_on_its_data_keeps_its_root_and_its_revocations(tmp_path: Path) -> None:
    with running(data=tmp_path) as first:
        root = httpx.get(f"{first}/root.pem").content
        serial = httpx.post(f"{first}/enrol", json={"common_name": "Jean Roy"}).json()["serial"]
        httpx.post(f"{first}/revoke", json={"serial": serial})

    with running(data=tmp_path) as second:
        same_root = httpx.get(f"{second}/root.pem").content
        listed = x509.load_der_x509_crl(httpx.get(f"{second}/crl/issuing.crl").content)

    assert same_root == root
    assert first == second
    assert listed.get_revoked_certificate_by_serial_number(int(serial)) is not None


@pytest.mark.parametrize(
    ("request_bytes", "failure"),
    [
        (b"ceci n'est pas une demande", "bad_data_format"),
        (b"", "bad_data_format"),
        (question("sha1", bytes(20)), "bad_alg"),
        (question("sha256", bytes(20)), "bad_data_format"),
    ],
)
def test_a_bad_timestamp_request_is_rejected(authority: str, request_bytes: bytes, failure: str) -> None:
    answer = Refusal.load(httpx.post(f"{authority}/tsa", content=request_bytes).content)

    assert answer["status"]["status"].native == "rejection"
    assert answer["status"]["fail_info"].native == {failure}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"{}",
        b'{"common_name": "X", "kind": "ca"}',
        b'{"common_name": 3}',
        b'{"common_name": "a\\nb"}',
        b'{"common_name": "X", "email": "h\xc3\xa9@exemple.fr"}',
    ],
)
def test_a_bad_enrolment_is_refused_in_one_sentence(authority: str, body: bytes) -> None:
    answer = httpx.post(f"{authority}/enrol", content=body)

    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def test_an_unknown_serial_is_not_revoked(authority: str) -> None:
    answer = httpx.post(f"{authority}/revoke", json={"serial": "12"})

    assert answer.status_code == 400


def test_an_unreadable_ocsp_request_is_malformed(authority: str) -> None:
    answer = ocsp.load_der_ocsp_response(httpx.post(f"{authority}/ocsp", content=b"?").content)

    assert answer.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST


def test_the_page_lists_what_was_issued(authority: str) -> None:
    httpx.post(f"{authority}/enrol", json={"common_name": "Conseil <départemental>", "kind": "seal"})
    stamp(authority, question())

    page = httpx.get(authority).text

    assert '<html lang="fr">' in page
    assert "Conseil &lt;départemental&gt;" in page or "Conseil \\&lt;départemental\\&gt;" in page
    assert "00" * 32 in page


def test_a_certificate_is_issued_for_a_key_that_its_holder_keeps(authority: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, hashes.SHA256())
    csr = request.public_bytes(Encoding.PEM).decode()

    answer = httpx.post(f"{authority}/certify", json={"common_name": "Jean Roy", "csr": csr}).json()

    certificate = x509.load_pem_x509_certificate(answer["certificate_pem"].encode())
    assert certificate.public_key() == key.public_key()
    assert certificate.subject.rfc4514_string() == "CN=Jean Roy,C=FR"


@pytest.mark.parametrize("csr", ["", "bonjour", 12])
def test_a_request_for_a_certificate_without_a_proof_is_refused(authority: str, csr: object) -> None:
    answer = httpx.post(f"{authority}/certify", json={"common_name": "Jean Roy", "csr": csr})

    assert answer.status_code == 400
    assert "PKCS#10" in answer.json()["error"]
