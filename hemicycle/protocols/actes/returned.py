"""A return of the ministry: parts of a mail, or of the archive a TdT makes of it, in any order (norm, section 1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .archive import Member
from .envelope import ROOTS, AnomalieEnveloppe, EnveloppeMISILLCL, envelope_from
from .errors import ActesError, Unreadable
from .inspection import files_of
from .messages import KINDS, NAMESPACE, Message
from .names import anomaly_name
from .parse import message_from
from .reading import local_name, read_xml


@dataclass(frozen=True, kw_only=True)
class ReturnedMessage:
    """One message of a return, with the documents it names that did come."""

    name: str
    #: Byte for byte: the proof to keep.
    data: bytes
    message: Message
    documents: tuple[Member, ...] = ()
    #: Documents named by the message that came with no part of the mail.
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Returned:
    """A whole return. An AnomalieEnveloppe comes alone, without messages."""

    envelope_name: str
    envelope_data: bytes
    envelope: EnveloppeMISILLCL | AnomalieEnveloppe
    messages: tuple[ReturnedMessage, ...] = ()
    #: Parts that nothing cites: the body of the mail, or something unforeseen.
    strays: tuple[str, ...] = ()

    @property
    def siren(self) -> str:
        """Whom it is for: a 1-3 and a 7-2 say it nowhere else."""
        if isinstance(self.envelope, AnomalieEnveloppe):
            return self.envelope.received.emitter.siren
        return self.envelope.siren

    @property
    def rejected(self) -> str:
        """Name of our envelope that is rejected whole; empty when none is."""
        if not isinstance(self.envelope, AnomalieEnveloppe):
            return ""
        return self.envelope_name.removeprefix(anomaly_name(""))


def read_return(parts: Iterable[Member]) -> Returned | None:
    """Gather the parts of one return: the envelope is known by its content, never by its place nor its name.

    None when no part is of @CTES: the ministry also writes, without any message, that an act is
    « multi-canal », and that is no error. Raises Unreadable when messages come without a readable envelope, or
    when a message the envelope announces is absent or unreadable, or when nothing says whom the return is for:
    it is then to be put aside whole.
    """
    held = {part.name: part.data for part in parts}
    marked = [name for name, data in held.items() if _is_ours(data)]
    if not marked:
        return None
    envelopes = [(name, envelope) for name in marked if (envelope := _envelope(held[name])) is not None]
    if not envelopes:
        raise Unreadable("Le retour du ministère ne contient pas d’enveloppe lisible.")
    if len(envelopes) > 1:
        raise Unreadable("Le retour du ministère contient plusieurs enveloppes ; une seule est admise.")
    name, envelope = envelopes[0]
    if isinstance(envelope, EnveloppeMISILLCL) and not re.fullmatch(r"[0-9]{9}", envelope.siren, re.ASCII):
        raise Unreadable("L’enveloppe du ministère ne dit pas à quelle collectivité (SIREN) elle s’adresse.")
    forms = () if isinstance(envelope, AnomalieEnveloppe) else envelope.forms
    messages = tuple(_message(form.name, held) for form in forms)
    cited = {name}.union(*({item.name, *(file.name for file in item.documents)} for item in messages))
    return Returned(
        envelope_name=name,
        envelope_data=held[name],
        envelope=envelope,
        messages=messages,
        strays=tuple(stray for stray in held if stray not in cited),
    )


def _is_ours(data: bytes) -> bool:
    # A signed PDF may quote the namespace; a message begins by markup.
    return NAMESPACE.encode() in data and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _envelope(data: bytes) -> EnveloppeMISILLCL | AnomalieEnveloppe | None:
    try:
        root = read_xml(data).root
        if local_name(root) not in ROOTS:
            return None
        envelope = envelope_from(root)
    except ActesError:
        return None
    return envelope if isinstance(envelope, EnveloppeMISILLCL | AnomalieEnveloppe) else None


def _message(name: str, held: dict[str, bytes]) -> ReturnedMessage:
    if name not in held:
        raise Unreadable(f"Le message {name}, annoncé par l’enveloppe du ministère, manque dans le retour.")
    message = message_from(read_xml(held[name]).root)
    if not KINDS[message.root].inbound:
        raise Unreadable(f"Le message {name} ({KINDS[message.root].title}) ne peut pas venir du ministère.")
    wanted = [file.name for file in files_of(message)]
    return ReturnedMessage(
        name=name,
        data=held[name],
        message=message,
        documents=tuple(Member(name=file, data=held[file]) for file in wanted if file in held),
        missing=tuple(file for file in wanted if file not in held),
    )
