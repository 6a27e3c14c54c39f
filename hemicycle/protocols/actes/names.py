"""File names of messages, documents, envelopes and archives (norm, section 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .identifiers import Emitter

# Anchored on the end: the numbers of the 2016 generation may contain dashes.
_MESSAGE_TAIL = re.compile(r"-(?P<type>\d)-(?P<flow>\d)_(?P<serial>\d+)\.(?P<extension>\w+)$", re.ASCII)
_PIECE_PREFIX = re.compile(r"^(?P<code>[A-Z0-9_]{5})-", re.ASCII)
_ENVELOPE = re.compile(
    r"^(?P<anomaly>ANO_)?(?P<application>[A-Z]{4})--(?:(?P<sender>[A-Z0-9]+)-)?(?P<siren>[0-9]{9})"
    r"-(?P<on>[0-9]{8})-(?P<serial>[0-9]+)\.xml$",
    re.ASCII,
)
_ARCHIVE = re.compile(r"^(?P<operator>[A-Za-z0-9]{3})-(?P<envelope>.+)\.tar\.gz$", re.ASCII)

EXTENSIONS = {
    "application/pdf": "pdf",
    "text/xml": "xml",
    "application/xml": "xml",
    "image/jpeg": "jpg",
    "image/png": "png",
}


@dataclass(frozen=True, kw_only=True)
class MessageName:
    """What a message or document name says; the XML it holds always prevails."""

    #: "1-1", "4-2"
    transaction: str
    serial: int
    extension: str
    #: What stands before the transaction: an IDActe, or `034-491011698---` without an act.
    identity: str
    #: Type code of the document, empty when there is none (old shape, or an XML message).
    type_code: str


@dataclass(frozen=True, kw_only=True)
class EnvelopeName:
    anomaly: bool
    #: EACT in production, TACT in test.
    application: str
    #: Empty towards the ministry; SPREF0441 on the way back.
    sender: str
    siren: str
    on: str
    serial: int


def is_flat_name(name: str) -> bool:
    """A name that a flat archive may hold: no folder, nothing a terminal or a file system would obey."""
    return bool(name) and name not in (".", "..") and not set(name) & set("/\\\0") and name.isprintable()


def message_name(identity: str, transaction: str, serial: int = 0) -> str:
    """Name of an XML message; `_0` when the TdT builds it, the ministry has its own counter."""
    return f"{identity}-{transaction}_{serial}.xml"


def document_name(identity: str, transaction: str, serial: int, *, type_code: str, extension: str) -> str:
    """Name of a document; its type code comes first since the typology of 2017 (empty: none)."""
    prefix = f"{type_code}-" if type_code else ""
    return f"{prefix}{identity}-{transaction}_{serial}.{extension}"


def identity_without_act(*, departement: str, siren: str) -> str:
    """The three fields of the act left empty, as 7-1, 7-2 and 7-3 want."""
    return f"{departement}-{siren}---"


def envelope_name(*, quadrigramme: str, siren: str, on: date, serial: int) -> str:
    """Collectivité to ministry; `on` is the day the envelope is made, not the act's."""
    return f"{quadrigramme}--{siren}--{on:%Y%m%d}-{serial}.xml"


def return_envelope_name(*, quadrigramme: str, emitter: Emitter, on: date, serial: int) -> str:
    """Ministry to collectivité, in the name of the sub-prefecture."""
    sender = f"SPREF{emitter.departement}{emitter.arrondissement}"
    return f"{quadrigramme}--{sender}-{emitter.siren}-{on:%Y%m%d}-{serial}.xml"


def archive_name(*, trigramme: str, envelope: str) -> str:
    """Name of the .tar.gz that carries this envelope."""
    return f"{trigramme}-{envelope.removesuffix('.xml')}.tar.gz"


def anomaly_name(envelope: str) -> str:
    """Name of the AnomalieEnveloppe that rejects this envelope."""
    return f"ANO_{envelope}"


def envelope_of_archive(name: str) -> str | None:
    """Name of the envelope an archive of that name must hold; None when the name is not one."""
    found = _ARCHIVE.match(name)
    if found is None:
        return None
    envelope = f"{found['envelope']}.xml"
    return envelope if parse_envelope_name(envelope) else None


def parse_message_name(name: str) -> MessageName | None:
    """None when the name is not that of a message or document."""
    tail = _MESSAGE_TAIL.search(name)
    if tail is None:
        return None
    head = name[: tail.start()]
    prefix = _PIECE_PREFIX.match(head)
    # A bare identity also begins by characters and a dash, but by three, not five.
    code = prefix["code"] if prefix else ""
    return MessageName(
        transaction=f"{tail['type']}-{tail['flow']}",
        serial=int(tail["serial"]),
        extension=tail["extension"].lower(),
        identity=head[len(code) + 1 :] if code else head,
        type_code=code,
    )


def parse_envelope_name(name: str) -> EnvelopeName | None:
    """None when the name is not that of an envelope or of its anomaly."""
    # Towards the ministry the sender comes first and the recipient is empty: EACT--SIREN--DATE-n.
    found = _ENVELOPE.match(name) or _ENVELOPE.match(re.sub(r"^((?:ANO_)?[A-Z]{4}--[0-9]{9})--", r"\1-", name))
    if found is None:
        return None
    return EnvelopeName(
        anomaly=bool(found["anomaly"]),
        application=found["application"],
        sender=found["sender"] or "",
        siren=found["siren"],
        on=found["on"],
        serial=int(found["serial"]),
    )
