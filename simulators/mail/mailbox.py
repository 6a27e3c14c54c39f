"""The letters received: one .eml file each, with its envelope beside it; they survive a restart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

#: What the email parser lets escape on a hostile message.
BROKEN = (ValueError, TypeError, LookupError, AttributeError)


@dataclass(frozen=True, kw_only=True)
class Received:
    """A letter as it came."""

    number: int
    content: bytes
    envelope_from: str
    recipients: tuple[str, ...]
    received_at: datetime


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A letter as a person reads it."""

    received: Received
    message_id: str
    sender: str
    recipient: str
    reply_to: str
    subject: str
    date: str
    text: str
    html: str
    attachments: tuple[tuple[str, bytes], ...]


class Mailbox:
    """The folder of letters, numbered from 1 in order of arrival."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, content: bytes, *, envelope_from: str, recipients: list[str], at: datetime) -> int:
        """Keep a letter; its number. The envelope is written first: a letter seen is a letter complete."""
        number = max((int(p.stem) for p in self._folder.glob("*.eml")), default=0) + 1
        envelope = {"from": envelope_from, "to": recipients, "at": at.isoformat()}
        self._path(number, "json").write_text(json.dumps(envelope), encoding="utf-8")
        temporary = self._path(number, "tmp")
        temporary.write_bytes(content)
        temporary.replace(self._path(number, "eml"))
        return number

    def get(self, number: int) -> Received | None:
        """The letter of this number."""
        path = self._path(number, "eml")
        if not path.exists():
            return None
        envelope = json.loads(self._path(number, "json").read_text(encoding="utf-8"))
        return Received(
            number=number,
            content=path.read_bytes(),
            envelope_from=envelope["from"],
            recipients=tuple(envelope["to"]),
            received_at=datetime.fromisoformat(envelope["at"]),
        )

    def all(self) -> list[Received]:
        """Every letter, the latest first."""
        numbers = sorted((int(p.stem) for p in self._folder.glob("*.eml")), reverse=True)
        return [received for n in numbers if (received := self.get(n)) is not None]

    def _path(self, number: int, extension: str) -> Path:
        return self._folder / f"{number:06d}.{extension}"


def read(received: Received) -> Reading:
    """The letter parsed; what cannot be parsed is left empty, the .eml file remains."""
    message = message_from_bytes(received.content, policy=default)
    assert isinstance(message, EmailMessage)
    return Reading(
        received=received,
        message_id=_header(message, "Message-ID"),
        sender=_header(message, "From"),
        recipient=_header(message, "To"),
        reply_to=_header(message, "Reply-To"),
        subject=_header(message, "Subject"),
        date=_header(message, "Date"),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=_attachments(message),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except BROKEN:
        return ""


def _body(message: EmailMessage, kind: str) -> str:
    try:
        part = message.get_body((kind,))
        return str(part.get_content()) if part is not None else ""
    except BROKEN:
        return ""


def _attachments(message: EmailMessage) -> tuple[tuple[str, bytes], ...]:
    try:
        parts = list(message.iter_attachments())
        found = [(part.get_filename() or "sans-nom", part.get_payload(decode=True)) for part in parts]
    except BROKEN:
        return ()
    return tuple((name, content) for name, content in found if isinstance(content, bytes))
