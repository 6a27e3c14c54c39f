"""A test of the signatories' keys, in a file, on a token, at a remote service. Nothing is signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from hemicycle.gateways.checks import Outcome, Report, Use
from hemicycle.gateways.signature.csc import CscKey
from hemicycle.gateways.signature.key_check import check_key, check_service
from hemicycle.gateways.signature.keys import Key
from hemicycle.gateways.signature.pkcs12 import Pkcs12Key
from hemicycle.gateways.signature.remote import CscService
from tests.gateways.authorities import Issued, an_authority, issued_by
from tests.simulators.csc.running import Remote

from .conftest import Office
from .tokens import Hsm


def _checked(key: Key, office: Office, **changed: Any) -> Report:
    root = x509.load_der_x509_certificate(office.root())
    options: dict[str, Any] = {"chain": [], "roots": [root], "at": dt.datetime.now(dt.UTC)} | changed
    return check_key(key, what="Hélène Arnault", place="president.p12", **options)


def _file(issued: Issued, *others: Issued) -> Pkcs12Key:
    chain = [other.certificate for other in others]
    p12 = serialize_key_and_certificates(b"", issued.key, issued.certificate, chain, BestAvailableEncryption(b"x"))
    return Pkcs12Key(p12, "x")


def test_a_key_in_a_file_is_good_and_its_certificate_is_seen(office: Office) -> None:
    p12, passphrase, _ = office.enrol()

    report = _checked(Pkcs12Key(p12, passphrase), office)

    assert report.outcome is Outcome.OK, report.findings
    assert "La clé est là" in report.findings[0].sentence
    assert [(each.use, each.subject) for each in report.certificates] == [(Use.SIGNATORY, "Hélène Arnault")]


def test_a_certificate_revoked_is_told(office: Office) -> None:
    p12, passphrase, serial = office.enrol()
    httpx.post(f"{office.url}/revoke", json={"serial": serial}).raise_for_status()

    report = _checked(Pkcs12Key(p12, passphrase), office)

    assert "est révoqué depuis le" in report.findings[0].sentence


@pytest.mark.parametrize(
    ("days", "outcome", "told"), [(-5, Outcome.FAILED, "a expiré"), (20.5, Outcome.DOUBT, "expire dans 20 jours")]
)
def test_the_end_of_a_certificate_is_told(office: Office, days: float, outcome: Outcome, told: str) -> None:
    authority = an_authority()

    report = _checked(_file(issued_by(authority, "Hélène Arnault", days=days), authority), office)

    assert report.outcome is outcome
    assert told in report.findings[0].sentence


def test_a_certificate_that_is_not_yet_in_force_is_told(office: Office) -> None:
    authority, soon = an_authority(), dt.datetime.now(dt.UTC) + dt.timedelta(days=3)

    report = _checked(_file(issued_by(authority, "Hélène Arnault", since=soon), authority), office)

    assert "ne vaut qu’à partir du" in report.findings[0].sentence


def test_a_certificate_without_its_authority_or_whose_authority_is_silent_is_told(office: Office) -> None:
    authority = an_authority()

    alone = _checked(_file(issued_by(authority, "Seule")), office)
    silent = _checked(_file(issued_by(authority, "Muette"), authority), office)

    assert "n’est pas connue" in alone.findings[0].sentence
    assert (silent.outcome, "révoqué" in silent.findings[0].sentence) == (Outcome.DOUBT, True)


def test_an_authority_that_is_not_trusted_here_is_in_doubt(office: Office) -> None:
    p12, passphrase, _ = office.enrol()

    report = _checked(Pkcs12Key(p12, passphrase), office, roots=[an_authority().certificate])

    assert report.outcome is Outcome.DOUBT
    assert "HEMICYCLE_SIGNATURE_TRUST" in report.findings[0].remedy


@pytest.fixture(scope="module")
def president(hsm: Hsm, office: Office) -> Iterator[Hsm]:
    hsm.token("Essai")
    for label in ("une", "autre"):
        hsm.write_certificates("Essai", label, hsm.hold("Essai", label, "RSA-2048", office.url))
    yield hsm


def test_a_key_on_a_token_is_found_and_a_certificate_of_another_is_told(president: Hsm, office: Office) -> None:
    foreign = president.tokens / "autre-certificate.pem"

    good = _checked(president.key("Essai", "une"), office)
    wrong = _checked(president.key("Essai", "une", certificate_file=foreign), office)

    assert good.outcome is Outcome.OK, good.findings
    assert wrong.findings[0].sentence == "La clé n’est pas celle du certificat."


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"module": "/absente.so"}, "introuvable : /absente.so"),
        ({"name": "inconnue"}, "ne contient pas la clé « inconnue »"),
        ({"pin": "000000"}, "code PIN du jeton « Essai » est refusé"),
    ],
)
def test_what_a_token_lacks_is_told(president: Hsm, office: Office, changed: dict[str, str], told: str) -> None:
    report = _checked(president.key("Essai", **{"name": "une", **changed}), office)

    assert report.outcome is Outcome.FAILED
    assert told in report.findings[0].sentence


def _service(remote: Remote, secret: str = "") -> CscService:
    return CscService(url=remote.csc, client_id=remote.client_id, client_secret=secret or remote.client_secret)


def test_a_remote_service_lists_its_keys_and_names_those_it_lacks(remote: Remote) -> None:
    service = _service(remote)
    known = service.credentials()[0]

    good = check_service(service, [CscKey(service=service, credential=known)])
    lacking = check_service(service, [CscKey(service=service, credential="inconnue")])

    assert good.outcome is Outcome.OK
    assert "ne nous propose pas la clé « inconnue »" in lacking.findings[0].sentence


def test_a_remote_service_that_does_not_know_us_or_is_down_is_told(remote: Remote) -> None:
    refused = check_service(_service(remote, secret="faux"), [])
    silent = check_service(CscService(url="http://127.0.0.1:9/csc/v2", client_id="x", client_secret="y"), [])

    assert "HEMICYCLE_CSC_CLIENT_SECRET" in refused.findings[0].remedy
    assert "ne répond pas" in silent.findings[0].sentence
