"""A test of the timestamping service: its token, its clock, its certificate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from cryptography import x509

from hemicycle.gateways.checks import Outcome, Use
from hemicycle.gateways.signature import timestamp_check
from hemicycle.gateways.signature.timestamp_check import check_timestamp

from .conftest import Office


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def test_a_token_is_asked_for_and_verified(office: Office) -> None:
    root = x509.load_der_x509_certificate(office.root())

    report = check_timestamp(f"{office.url}/tsa", roots=[root], at=_now())

    assert report.outcome is Outcome.OK, report.findings
    assert [finding.what for finding in report.findings] == [
        *("Connexion", "Jeton d’essai", "Horloge", "Certificat d’horodatage")
    ]
    assert [certificate.use for certificate in report.certificates] == [Use.TIMESTAMP]


@pytest.mark.parametrize(
    ("off", "outcome", "told"),
    [
        (dt.timedelta(minutes=2), Outcome.DOUBT, "secondes"),
        (dt.timedelta(minutes=30), Outcome.FAILED, "30 minutes"),
    ],
)
def test_a_clock_that_is_wrong_is_told(office: Office, off: dt.timedelta, outcome: Outcome, told: str) -> None:
    report = check_timestamp(f"{office.url}/tsa", roots=[], at=_now() + off)

    assert report.outcome is outcome
    assert any(told in finding.sentence for finding in report.findings)


def test_a_service_of_an_authority_that_is_not_trusted_is_in_doubt(office: Office) -> None:
    pkcs12 = office.signer().certificate

    report = check_timestamp(f"{office.url}/tsa", roots=[x509.load_der_x509_certificate(pkcs12)], at=_now())

    assert report.outcome is Outcome.DOUBT
    assert "HEMICYCLE_SIGNATURE_TRUST" in report.findings[-1].remedy


@pytest.mark.parametrize("path", ["/ocsp", "/rien"])
def test_another_service_at_that_address_is_told(office: Office, path: str) -> None:
    report = check_timestamp(f"{office.url}{path}", roots=[], at=_now())

    assert "ne donne pas de jeton" in report.findings[-1].sentence


def test_a_token_whose_signature_is_false_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Callable[..., bytes] = timestamp_check.request_token_over

    def altered(*args: object) -> bytes:
        token = bytearray(asked(*args))
        token[-1] ^= 1
        return bytes(token)

    monkeypatch.setattr(timestamp_check, "request_token_over", altered)

    report = check_timestamp(f"{office.url}/tsa", roots=[], at=_now())

    assert "n’est pas celui qui a été demandé" in report.findings[-1].sentence


def test_a_service_that_is_down_is_told() -> None:
    report = check_timestamp("http://127.0.0.1:9/tsa", roots=[], at=_now(), timeout=2)

    assert report.outcome is Outcome.FAILED
    assert "refuse la connexion" in report.findings[0].sentence
