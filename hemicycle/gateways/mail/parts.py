"""The files joined to a letter that came: who says to have sent it, and each attachment, within a budget."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from hemicycle.gateways.mail.errors import Rejected

#: Parts of one letter, and bytes of all its files.
MOST_PARTS, MOST_BYTES = 300, 150 << 20


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A letter, opened."""

    #: Address of the From header, in lower case; a header proves nothing by itself.
    sender: str
    #: Name and bytes of each file, in order.
    files: tuple[tuple[str, bytes], ...]


def opened(content: bytes) -> Opened:
    """The files of a letter. Raises Rejected: unreadable, too many files, too large, two files of one name."""
    try:
        mail = message_from_bytes(content, policy=default)
        if not isinstance(mail, EmailMessage):
            raise Rejected("Ce courriel est illisible.")
        parts = [part for part in mail.walk() if not part.is_multipart() and part.get_filename()]
        if len(parts) > MOST_PARTS:
            raise Rejected(f"Ce courriel porte plus de {MOST_PARTS} pièces.")
        files = [(str(part.get_filename()), _bytes(part)) for part in parts]
        sender = parseaddr(str(mail.get("From", "")))[1].lower()
    except (MessageError, ValueError, TypeError, LookupError, AttributeError) as cause:
        raise Rejected("Ce courriel est illisible.") from cause
    names = [name for name, _ in files]
    if len(set(names)) != len(names):
        raise Rejected("Deux pièces de ce courriel portent le même nom.")
    if sum(len(data) for _, data in files) > MOST_BYTES:
        raise Rejected("Les pièces de ce courriel dépassent la taille d’un retour du ministère.")
    return Opened(sender=sender, files=tuple(files))


def _bytes(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
