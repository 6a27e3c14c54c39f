"""Sending a letter through an SMTP server (RFC 5321)."""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime
from typing import Protocol

from hemicycle.gateways.checks import Report
from hemicycle.gateways.reaching import reached

from .check import SILENT, Account, greeted
from .errors import Rejected, Unreachable
from .letter import Letter, address_of, build

__all__ = ["Post", "SmtpPost"]


class Post(Protocol):
    """What a courier asks of whoever carries letters."""

    def send(self, message: Letter) -> str:
        """The Message-ID once the letter is taken. Raises Unreachable, Rejected."""


class SmtpPost:
    """An SMTP server. `timeout` in seconds; `starttls` demands encryption, and a server that has none gets nothing."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        username: str = "",
        password: str = "",
        starttls: bool = False,
        timeout: float = 20.0,
        own_name: str = "localhost",
    ) -> None:
        self._host, self._port, self._timeout, self._own_name = host, port, timeout, own_name
        self._username, self._password, self._starttls = username, password, starttls

    def send(self, message: Letter) -> str:
        """Hand the letter to the server; its Message-ID.

        Raises Unreachable (server silent, refusing for now, or refusing us: try again) and Rejected (this letter
        or this address, for good).
        """
        content = build(message)
        recipient = address_of(message.recipient)
        origin = address_of(message.return_path or message.sender, "de retour")
        try:
            with smtplib.SMTP(self._host, self._port, self._own_name, self._timeout) as server:
                self._open(server)
                server.sendmail(origin, [recipient], content)
        except smtplib.SMTPRecipientsRefused as refusal:
            code, _ = refusal.recipients[recipient]
            raise _refused(code, f"Le serveur de courrier refuse l’adresse {recipient}") from refusal
        except smtplib.SMTPSenderRefused as refusal:
            raise _refused(refusal.smtp_code, f"Le serveur de courrier refuse l’expéditeur {origin}") from refusal
        except smtplib.SMTPDataError as refusal:
            raise _refused(refusal.smtp_code, "Le serveur de courrier refuse le message") from refusal
        except smtplib.SMTPAuthenticationError as refusal:
            raise Unreachable("Le serveur de courrier refuse l’identifiant ou le mot de passe configurés.") from refusal
        except smtplib.SMTPNotSupportedError as refusal:
            raise Unreachable("Le serveur de courrier n’offre pas le chiffrement ou l’authentification.") from refusal
        except (smtplib.SMTPException, OSError) as cause:
            raise Unreachable("Le serveur de courrier ne répond pas ; l’envoi sera retenté.") from cause
        return message.message_id

    def check(self, *, sender: str, at: datetime) -> Report:
        """Address, encryption, account, sender: what works and what does not. No letter is sent."""
        found = reached(self._host, self._port, timeout=self._timeout)
        if not found.reached:
            return found
        account = Account(username=self._username, password=self._password, starttls=self._starttls)
        try:
            with smtplib.SMTP(self._host, self._port, self._own_name, self._timeout) as server:
                return found + greeted(server, account, place=f"{self._host}:{self._port}", sender=sender, at=at)
        except (smtplib.SMTPException, OSError):
            return found + Report.of(SILENT)

    def _open(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self._starttls:
            server.starttls(context=ssl.create_default_context())
        if self._username:
            server.login(self._username, self._password)


def _refused(code: int, sentence: str) -> Unreachable | Rejected:
    # 4xx is "not now", 5xx is "never" (RFC 5321 §4.2.1).
    if 400 <= code < 500:
        return Unreachable(f"{sentence} pour le moment (code {code}) ; l’envoi sera retenté.")
    return Rejected(f"{sentence} (code {code}).")
