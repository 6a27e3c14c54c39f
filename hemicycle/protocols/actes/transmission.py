"""One act, one message 1-1, one envelope, one archive (norm, sections 4 to 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .acte import Acte, Piece
from .archive import Member, write_archive
from .build import build_message
from .envelope import Contact, EnveloppeCLMISILL, build_envelope
from .errors import NotBuildable
from .identifiers import PIECE_TYPE_RULE, Emitter
from .messages import DonneesActe, FichierSigne, TransmissionActe
from .names import EXTENSIONS, archive_name, document_name, envelope_name, message_name
from .repertoire import latin1

#: S²LOW refuses more envelopes than this for one collectivité and one day.
MAX_SERIAL = 9999


@dataclass(frozen=True, kw_only=True)
class Transmission:
    """Everything that leaves for one message, and the names it leaves under."""

    archive_name: str
    archive: bytes
    envelope_name: str
    envelope: bytes
    message_name: str
    message: bytes
    #: In the order of the message: the act, then its annexes.
    documents: tuple[Member, ...]
    #: Empty for a message without act.
    acte_id: str


def build_transmission(
    acte: Acte,
    *,
    emitter: Emitter,
    contact: Contact,
    return_addresses: Sequence[str],
    serial: int,
    on: date,
    trigramme: str,
    quadrigramme: str,
    encoding: str = "ISO-8859-1",
) -> Transmission:
    """Build the 1-1 of an act, its envelope and its archive.

    `serial` restarts at 1 each day, `on` is the day the envelope is made. The subject is written in the
    Latin-1 repertoire. Raises NotBuildable, TooLarge.
    """
    acte_id = acte.unique_id(emitter)
    documents = tuple(
        Member(name=piece_name(acte_id, "1-1", rank, piece), data=piece.data)
        for rank, piece in enumerate(acte.pieces, start=1)
    )
    return pack(
        message_name=message_name(acte_id, "1-1"),
        message=build_message(_message(acte, documents), encoding=encoding),
        documents=documents,
        acte_id=acte_id,
        emitter=emitter,
        contact=contact,
        return_addresses=return_addresses,
        serial=serial,
        on=on,
        trigramme=trigramme,
        quadrigramme=quadrigramme,
        encoding=encoding,
    )


def pack(
    *,
    message_name: str,
    message: bytes,
    documents: Sequence[Member],
    acte_id: str,
    emitter: Emitter,
    contact: Contact,
    return_addresses: Sequence[str],
    serial: int,
    on: date,
    trigramme: str,
    quadrigramme: str,
    encoding: str = "ISO-8859-1",
) -> Transmission:
    """Put any message, already built, in its envelope and archive. Raises NotBuildable, TooLarge."""
    if not 1 <= serial <= MAX_SERIAL:
        raise NotBuildable(f"Le rang {serial} de l’enveloppe dépasse {MAX_SERIAL} envois dans la journée.")
    envelope_file = envelope_name(quadrigramme=quadrigramme, siren=emitter.siren, on=on, serial=serial)
    content = EnveloppeCLMISILL(
        emitter=emitter,
        contact=contact,
        return_addresses=tuple(return_addresses),
        forms=(FichierSigne(name=message_name),),
    )
    envelope = build_envelope(content, encoding=encoding)
    first = (Member(name=envelope_file, data=envelope), Member(name=message_name, data=message))
    return Transmission(
        archive_name=archive_name(trigramme=trigramme, envelope=envelope_file),
        archive=write_archive([*first, *documents]),
        envelope_name=envelope_file,
        envelope=envelope,
        message_name=message_name,
        message=message,
        documents=tuple(documents),
        acte_id=acte_id,
    )


def _message(acte: Acte, documents: Sequence[Member]) -> TransmissionActe:
    files = [FichierSigne(name=document.name) for document in documents]
    return TransmissionActe(
        acte=DonneesActe(
            decided_on=acte.decided_on,
            number=acte.number,
            nature=int(acte.nature),
            matiere=acte.matiere,
            subject=_subject(acte.subject),
            previous=acte.previous,
            classification_date=acte.classification_date,
            document=files[0],
            annexes=tuple(files[1:]),
            declared_annexes=len(files) - 1,
            paper="O" if acte.paper else "N",
        )
    )


def piece_name(acte_id: str, transaction: str, rank: int, piece: Piece) -> str:
    """The name a document leaves under, its type code first. Raises NotBuildable."""
    extension = EXTENSIONS.get(piece.media_type)
    if extension is None:
        raise NotBuildable(
            f"« {piece.name} » n’est pas d’un format admis : PDF, JPEG, PNG ou XML ({piece.media_type})."
        )
    if not PIECE_TYPE_RULE.fullmatch(piece.type_code):
        raise NotBuildable(f"« {piece.name} » : le type de pièce « {piece.type_code} » doit avoir cinq caractères.")
    return document_name(acte_id, transaction, rank, type_code=piece.type_code, extension=extension)


def _subject(text: str) -> str:
    subject = latin1(text)
    if not subject:
        raise NotBuildable("L’objet de l’acte est vide.")
    return subject
