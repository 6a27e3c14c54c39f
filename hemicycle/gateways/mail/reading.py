"""Reading a mail box over IMAP (RFC 3501), TLS from the first byte (RFC 8314)."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from hemicycle.gateways.checks import Report, failed, works
from hemicycle.gateways.mail.errors import Rejected, Unreachable
from hemicycle.gateways.reaching import handshake, reached

__all__ = ["ImapBox", "MailBox", "Place", "place_of"]

#: Largest letter fetched, in bytes: the largest return in base64, and room.
_LARGEST: Final = 220 << 20
_NAME: Final = re.compile(r"(\d{1,10})-(\d{1,10})")


class MailBox(Protocol):
    """What is asked of a mail box: letters are named, fetched as they are, and marked once they are recorded."""

    def waiting(self, after: str) -> list[str]: ...
    def letter(self, name: str) -> bytes: ...
    def mark_seen(self, name: str) -> None: ...
    def check(self, *, at: datetime) -> Report: ...


@dataclass(frozen=True, kw_only=True)
class Place:
    """A folder of a mail box."""

    host: str
    port: int
    user: str
    folder: str


def place_of(address: str) -> Place:
    """« imaps://user@host:993/INBOX », the user's own @ written %40 or as it is. Raises ValueError, in French."""
    parts = urlsplit(address)
    user, _, _ = parts.netloc.rpartition("@")
    try:
        port = parts.port or 993
    except ValueError:
        port = 0
    if parts.scheme != "imaps" or not parts.hostname or not user or ":" in user or not port:
        raise ValueError("L’adresse de la boîte des retours s’écrit imaps://compte@hôte:993/INBOX, sans mot de passe.")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    # Quoted as an IMAP string: nothing may end it, and names beyond ASCII need an encoding of their own.
    if not re.fullmatch(r'[^"\\\x00-\x1f\x7f-\U0010ffff]{1,200}', folder):
        raise ValueError(f"Le dossier « {folder[:60]} » de la boîte des retours ne peut pas être nommé ainsi.")
    return Place(host=parts.hostname, port=port, user=unquote(user), folder=folder)


class ImapBox:
    """One folder of one account. A letter's name is its UIDVALIDITY and its UID: it never names another letter.

    verify is a PEM file of trusted authorities, None for the system's own; timeout is in seconds.
    """

    def __init__(self, address: str, password: str, *, verify: Path | None = None, timeout: float = 30.0) -> None:
        self._place, self._password, self._timeout = place_of(address), password, timeout
        self._context = ssl.create_default_context(cafile=str(verify) if verify else None)

    def waiting(self, after: str) -> list[str]:
        """The letters that nobody marked, and all those newer than `after` (empty, or of another box: none is), oldest
        first.

        A person who opens the box by hand marks what is read: newer letters are then found by their rank. Raises
        Unreachable.
        """
        with self._opened() as (server, validity):
            known = _NAME.fullmatch(after)
            found = set(_ranks(_said(server.uid("SEARCH", "UNSEEN"))))
            if known and int(known[1]) == validity:
                last = int(known[2])
                # « n:* » always names the last letter, even when its rank is below n (RFC 3501, section 9).
                newer = _ranks(_said(server.uid("SEARCH", "UID", f"{last + 1}:*")))
                found.update(rank for rank in newer if rank > last)
        return [f"{validity}-{rank}" for rank in sorted(found)]

    def letter(self, name: str) -> bytes:
        """A letter, byte for byte, left unmarked. Raises Unreachable, Rejected when it is no longer there."""
        with self._opened() as (server, validity):
            rank = _rank(name, validity)
            size = re.search(rb"RFC822\.SIZE (\d+)", _said(server.uid("FETCH", rank, "(RFC822.SIZE)")))
            if size is None:
                raise Rejected("Ce courriel n’est plus dans la boîte des retours.")
            if int(size[1]) > _LARGEST:
                raise Rejected("Ce courriel dépasse la taille d’un retour du ministère ; ouvrez-le dans la boîte.")
            _, parts = server.uid("FETCH", rank, "(BODY.PEEK[])")
            content = next((part[1] for part in parts if isinstance(part, tuple)), None)
        if not isinstance(content, bytes):
            raise Unreachable("La boîte des retours n’a pas donné le courriel entier.")
        return content

    def mark_seen(self, name: str) -> None:
        """Once the letter is recorded, and not before. Raises Unreachable."""
        with self._opened(writing=True) as (server, validity), suppress(Rejected):
            _said(server.uid("STORE", _rank(name, validity), "+FLAGS.SILENT", "(\\Seen)"))

    def check(self, *, at: datetime) -> Report:
        """What works and what does not: the machine, its certificate, the account, the folder."""
        host, port = self._place.host, self._place.port
        report = reached(host, port, timeout=self._timeout)
        if report.reached:
            report += handshake(host, port, context=self._context, at=at, timeout=self._timeout)
        if not report.reached:
            return report
        try:
            with self._opened():
                told = works("Boîte des retours", f"Le compte {self._place.user} ouvre {self._place.folder}.")
        except Unreachable as trouble:
            told = failed(
                "Boîte des retours",
                str(trouble),
                remedy="Vérifiez HEMICYCLE_TDT_RETURNS (compte et dossier) et HEMICYCLE_TDT_RETURNS_PASSWORD.",
            )
        return report + Report.of(told)

    @contextmanager
    def _opened(self, *, writing: bool = False) -> Iterator[tuple[imaplib.IMAP4_SSL, int]]:
        place = self._place
        try:
            with imaplib.IMAP4_SSL(place.host, place.port, ssl_context=self._context, timeout=self._timeout) as server:
                self._sign_in(server)
                answer, _ = server.select(f'"{place.folder}"', readonly=not writing)
                if answer != "OK":
                    raise Unreachable(f"Le dossier {place.folder} de la boîte des retours ne s’ouvre pas.")
                _, validity = server.response("UIDVALIDITY")
                if not validity or not isinstance(validity[0], bytes):
                    raise Unreachable("La boîte des retours ne numérote pas ses courriels (UIDVALIDITY).")
                yield server, int(validity[0])
        except (imaplib.IMAP4.error, OSError, ValueError) as error:
            raise Unreachable(f"La boîte des retours du ministère est injoignable : {_words(error)}.") from error

    def _sign_in(self, server: imaplib.IMAP4_SSL) -> None:
        try:
            server.login(self._place.user, self._password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise Unreachable("La boîte des retours refuse le compte ou le mot de passe réglés.") from error


def _said(answer: tuple[str, list[object]]) -> bytes:
    verdict, parts = answer
    if verdict != "OK":
        raise Unreachable("La boîte des retours n’a pas répondu à une demande.")
    return b" ".join(part for part in parts if isinstance(part, bytes))


def _ranks(told: bytes) -> list[int]:
    return [int(rank) for rank in told.split()]


def _rank(name: str, validity: int) -> str:
    found = _NAME.fullmatch(name)
    if found is None or int(found[1]) != validity:
        raise Rejected("Ce courriel n’est plus dans la boîte des retours.")
    return found[2]


def _words(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__
