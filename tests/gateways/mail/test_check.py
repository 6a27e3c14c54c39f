"""A test of the mail server, against the sink and against servers that encrypt, ask for an account, or do neither."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from hemicycle.gateways.checks import Outcome, Report, Use
from hemicycle.gateways.mail.client import SmtpPost
from tests.gateways.authorities import NOW, Issued, an_authority, issued_by
from tests.simulators.mail.running import running

SENDER = "actes@ormelle.example"


class _Mailbox:
    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address.startswith("intrus"):
            return "550 cet expéditeur n’est pas admis"
        envelope.mail_from = address
        return "250 OK"


def _admits(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    assert isinstance(given, LoginPassword)
    return AuthResult(success=given.password == b"juste", handled=False)


@contextmanager
def _server(shown: Issued | None, folder: Path, *, account: bool = False) -> Iterator[int]:
    context = None
    if shown is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*map(str, shown.write(folder, "smtp")))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    controller = Controller(
        _Mailbox(),
        hostname="127.0.0.1",
        port=port,
        tls_context=context,
        authenticator=_admits if account else None,
        auth_require_tls=True,
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def _checked(port: int, *, sender: str = SENDER, **options: Any) -> Report:
    return SmtpPost("127.0.0.1", port, timeout=5, **options).check(sender=sender, at=NOW)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Issued:
    """An authority that this machine trusts."""
    made = an_authority()
    monkeypatch.setenv("SSL_CERT_FILE", str(made.write(tmp_path, "trusted")[0]))
    return made


def test_the_sink_is_tested_and_no_letter_arrives() -> None:
    with running() as sink:
        report = SmtpPost(sink.host, sink.port).check(sender=f"Département <{SENDER}>", at=NOW)
        received = httpx.get(f"{sink.url}/messages.json").json()

    assert report.outcome is Outcome.OK
    assert report.findings[-1].sentence == f"Le serveur accepte d’écrire au nom de {SENDER}."
    assert received == []


def test_an_encrypted_server_admits_the_account_and_shows_its_certificate(tmp_path: Path, authority: Issued) -> None:
    with _server(issued_by(authority), tmp_path, account=True) as port:
        report = _checked(port, starttls=True, username="ormelle", password="juste")

    assert report.outcome is Outcome.OK
    assert [finding.what for finding in report.findings] == [
        *("Connexion", "Accueil", "Chiffrement", "Compte", "Expéditeur")
    ]
    assert [certificate.use for certificate in report.certificates] == [Use.SERVER]


def test_a_wrong_password_is_told(tmp_path: Path, authority: Issued) -> None:
    with _server(issued_by(authority), tmp_path, account=True) as port:
        report = _checked(port, starttls=True, username="ormelle", password="faux")

    assert report.findings[-1].sentence == "Le serveur refuse l’identifiant « ormelle » ou son mot de passe."
    assert "faux" not in str(report)


@pytest.mark.parametrize(("days", "told"), [(-1, "a expiré"), (5.5, "expire dans 5 jours")])
def test_the_dates_of_its_certificate_are_told(tmp_path: Path, authority: Issued, days: float, told: str) -> None:
    with _server(issued_by(authority, days=days), tmp_path) as port:
        report = _checked(port, starttls=True)

    assert any(told in finding.sentence for finding in report.findings)
    assert report.reached is (days > 0)


def test_an_authority_that_is_not_known_is_told(tmp_path: Path, authority: Issued) -> None:
    with _server(issued_by(an_authority("Inconnue")), tmp_path) as port:
        report = _checked(port, starttls=True)

    assert "aucune autorité connue" in report.findings[-1].sentence


def test_encryption_that_is_not_offered_is_told(tmp_path: Path) -> None:
    with _server(None, tmp_path) as port:
        report = _checked(port, starttls=True)

    assert report.findings[-1].sentence == "Le chiffrement est demandé et le serveur ne l’offre pas."


def test_an_account_that_nobody_asks_for_is_told(tmp_path: Path) -> None:
    with _server(None, tmp_path) as port:
        report = _checked(port, username="ormelle", password="juste")

    assert report.findings[-1].sentence == "Le serveur ne propose pas d’authentification."


def test_a_sender_that_is_refused_is_told(tmp_path: Path) -> None:
    with _server(None, tmp_path) as port:
        report = _checked(port, sender="intrus@ailleurs.example")

    assert "refuse d’écrire au nom de intrus@ailleurs.example (code 550)" in report.findings[-1].sentence


def test_a_sender_that_is_no_address_is_told(tmp_path: Path) -> None:
    with _server(None, tmp_path) as port:
        report = _checked(port, sender="Département")

    assert report.findings[-1].what == "Expéditeur" and report.outcome is Outcome.FAILED
    assert "HEMICYCLE_MAIL_SENDER" in report.findings[-1].remedy


def test_a_port_without_a_mail_server_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        report = SmtpPost("127.0.0.1", mute.getsockname()[1], timeout=0.5).check(sender=SENDER, at=NOW)

    assert "aucun serveur de courrier" in report.findings[-1].sentence
