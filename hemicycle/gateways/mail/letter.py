"""A letter, and its bytes: a MIME message (RFC 5322, RFC 2045) that is the same each time it is built."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from .errors import Rejected

__all__ = ["Attachment", "Letter", "address_of", "build"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_NAMED = re.compile(r"(?P<name>.*?)\s*<(?P<address>[^<>]*)>")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>")
#: Written by `build` itself; a caller cannot set them a second time.
_OURS = {"from", "to", "cc", "bcc", "subject", "date", "message-id", "reply-to", "return-path", "mime-version"}


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file joined to a letter."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter to one recipient. Addresses are « a@b.fr » or « Name <a@b.fr> »."""

    sender: str
    recipient: str
    subject: str
    text: str
    #: Given by the caller and the same at each attempt, so that a letter sent twice is recognised: « <x@y.fr> ».
    message_id: str
    #: Written in the Date header.
    at: datetime
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""
    #: Where failures come back (envelope sender), for instance a VERP address; the sender's without it.
    return_path: str = ""
    #: Further headers, such as List-Unsubscribe or Auto-Submitted.
    headers: tuple[tuple[str, str], ...] = ()


def build(letter: Letter) -> bytes:
    """The message's bytes, lines ended by CRLF. Raises Rejected: an address or a header that cannot be written."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(letter.sender, "expéditeur")
    message["To"] = _address(letter.recipient, "destinataire")
    message["Subject"] = _line(letter.subject, "L’objet")
    message["Date"] = format_datetime(letter.at)
    if not _MESSAGE_ID.fullmatch(letter.message_id):
        raise Rejected("L’identifiant du message n’a pas la forme <partie@domaine>.")
    message["Message-ID"] = letter.message_id
    if letter.reply_to:
        message["Reply-To"] = _address(letter.reply_to, "de réponse")
    for name, value in letter.headers:
        if not _HEADER_NAME.fullmatch(name) or name.lower() in _OURS or name.lower().startswith("content-"):
            raise Rejected(f"L’en-tête « {_shown(name)} » ne peut pas être ajouté au message.")
        message[name] = _line(value, f"L’en-tête « {name} »")
    # Quoted-printable: no server on the way may then have to re-encode 8-bit text.
    message.set_content(letter.text, cte="quoted-printable")
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    for attachment in letter.attachments:
        _attach(message, attachment)
    _settle_boundaries(message, letter.message_id)
    try:
        return message.as_bytes()
    except (MessageError, ValueError) as cause:
        raise Rejected("Le message ne peut pas être composé.") from cause


def address_of(text: str, role: str = "destinataire") -> str:
    """The bare address. Raises Rejected when there is none, or when it is not plain ASCII."""
    return str(_address(text, role).addr_spec)


def _address(text: str, role: str) -> Address:
    line = _line(text, f"L’adresse {role}").strip()
    named = _NAMED.fullmatch(line)
    name, address = (named["name"].strip('" '), named["address"]) if named else ("", line)
    if not _ADDRESS.fullmatch(address) or ".." in address:
        raise Rejected(f"L’adresse {role} « {_shown(text)} » n’est pas une adresse électronique valide.")
    return Address(display_name=name, addr_spec=address)


def _line(text: str, what: str) -> str:
    # A newline would let the rest of the text pass for headers of its own.
    if _CONTROL.search(text):
        raise Rejected(f"{what} contient un saut de ligne ou un caractère de contrôle.")
    return text


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.media_type.partition("/")
    token = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
    if main in ("multipart", "message") or not token.fullmatch(main) or not token.fullmatch(sub):
        main, sub = "application", "octet-stream"
    name = _line(attachment.name, "Le nom d’une pièce jointe")
    message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=name)


def _settle_boundaries(message: EmailMessage, message_id: str) -> None:
    """Boundaries drawn from the identifier instead of at random: the same letter has the same bytes."""
    for rank, part in enumerate(p for p in message.walk() if p.is_multipart()):
        seed = f"{message_id} {rank}".encode()
        part.set_boundary(f"=_{hashlib.sha256(seed).hexdigest()[:40]}")


def _shown(text: str) -> str:
    return _CONTROL.sub(" ", text)[:80]
