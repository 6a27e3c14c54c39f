"""The first steps of a test of a system: its name, its port, its TLS, and the certificate that we show it."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from pathlib import Path

import httpx
import pytest

from hemicycle.gateways.checks import Outcome, Report, Use
from hemicycle.gateways.reaching import reached, reached_url, refuses_our_certificate, shown_certificate
from tests.gateways.authorities import NOW, Issued, a_tls_server, an_authority, issued_by


@pytest.fixture(scope="module")
def authority() -> Issued:
    return an_authority()


def _trusting(authority: Issued, folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authority.write(folder, "authority")[0]))


def _met(folder: Path, shown: Issued, trusted: Issued) -> Report:
    with a_tls_server(folder, shown) as port:
        return reached_url(f"https://127.0.0.1:{port}/", context=_trusting(trusted, folder), at=NOW, timeout=5)


def test_a_server_with_a_good_certificate_is_reached_and_its_certificate_is_seen(
    tmp_path: Path, authority: Issued
) -> None:
    shown = issued_by(authority)

    report = _met(tmp_path, shown, authority)

    assert report.outcome is Outcome.OK
    [certificate] = report.certificates
    assert certificate.use is Use.SERVER
    assert certificate.issuer == "Autorité d’essai"
    assert certificate.serial == f"{shown.certificate.serial_number:X}"


@pytest.mark.parametrize(
    ("name", "days", "told"),
    [
        ("127.0.0.1", -3, "a expiré"),
        ("ailleurs.example", 300, "porte un autre nom"),
    ],
)
def test_a_server_with_a_bad_certificate_fails_and_its_certificate_is_seen_all_the_same(
    tmp_path: Path, authority: Issued, name: str, days: float, told: str
) -> None:
    report = _met(tmp_path, issued_by(authority, name, days=days), authority)

    assert not report.reached
    assert told in report.findings[-1].sentence
    assert report.findings[-1].remedy
    assert [certificate.subject for certificate in report.certificates] == [name]


def test_a_server_of_an_unknown_authority_fails(tmp_path: Path, authority: Issued) -> None:
    report = _met(tmp_path, issued_by(an_authority("Une autre")), authority)

    assert report.outcome is Outcome.FAILED
    assert "aucune autorité connue" in report.findings[-1].sentence


def test_a_server_whose_certificate_ends_soon_is_in_doubt(tmp_path: Path, authority: Issued) -> None:
    report = _met(tmp_path, issued_by(authority, days=5.5), authority)

    assert report.outcome is Outcome.DOUBT
    assert "expire dans 5 jours" in report.findings[-1].sentence


def test_a_closed_port_is_a_refused_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    report = reached("127.0.0.1", port, timeout=2)

    assert "refuse la connexion" in report.findings[0].sentence


@pytest.mark.parametrize("url", ["", "s2low.example/actes", "ftp://s2low.example/", "https://s2low.example:port/"])
def test_an_address_that_cannot_be_read_is_told(url: str) -> None:
    report = reached_url(url, context=None, at=NOW, timeout=2)

    assert report.findings[0].sentence == "L’adresse réglée ne se lit pas."


def test_a_server_that_speaks_no_tls_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        report = reached_url(f"https://127.0.0.1:{port}/", context=None, at=NOW, timeout=1)

    assert "ne parle pas TLS" in report.findings[-1].sentence


def test_the_refusal_of_our_certificate_is_recognised_through_what_wraps_it(tmp_path: Path, authority: Issued) -> None:
    with (
        a_tls_server(tmp_path, issued_by(authority), wants=authority) as port,
        httpx.Client(verify=_trusting(authority, tmp_path)) as client,
        pytest.raises(httpx.HTTPError) as failure,
    ):
        client.get(f"https://127.0.0.1:{port}/")

    assert refuses_our_certificate(failure.value)
    assert not refuses_our_certificate(httpx.ReadTimeout("délai"))


def test_our_own_certificate_is_read_with_its_dates(tmp_path: Path, authority: Issued) -> None:
    files = issued_by(authority, "Département").write(tmp_path, "ours")

    good = shown_certificate(*files, at=NOW)
    late = shown_certificate(*files, at=NOW + dt.timedelta(days=400))

    assert (good.outcome, late.outcome) == (Outcome.OK, Outcome.FAILED)
    assert "a expiré" in late.findings[0].sentence
    assert good.certificates[0].use is Use.CLIENT


def test_a_key_of_another_certificate_is_told(tmp_path: Path, authority: Issued) -> None:
    certificate, _ = issued_by(authority).write(tmp_path, "one")
    _, key = issued_by(authority).write(tmp_path, "two")

    report = shown_certificate(certificate, key, at=NOW)

    assert report.findings[0].sentence == "La clé n’est pas celle du certificat."


def test_a_certificate_that_is_missing_or_unreadable_is_told_and_none_at_all_is_nothing(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("ceci n’est pas un certificat", encoding="utf-8")

    missing = shown_certificate(tmp_path / "absent.pem", None, at=NOW)
    unreadable = shown_certificate(nonsense, None, at=NOW)

    assert "absent.pem est introuvable" in missing.findings[0].sentence
    assert "ne se lisent pas" in unreadable.findings[0].sentence
    assert shown_certificate(None, None, at=NOW) == Report()
