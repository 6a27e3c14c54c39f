"""@CTES, the télétransmission of acts to the contrôle de légalité: bytes in, bytes out."""

from .acte import Acte, Piece
from .answering import (
    ANSWER_RECEIVED,
    ANSWERS,
    RECEIPTS,
    Wrapping,
    build_answer,
    build_cancellation,
    build_classification_request,
    build_receipt,
)
from .archive import MAX_ARCHIVE, Member, read_archive, write_archive
from .attestation import Attestation, build_attestation, read_attestation
from .build import build_message
from .checks import Finding, check_acte
from .classification import Classification, default_classification, dotted_code, matiere_code
from .documents import media_type, pdf_faults
from .envelope import (
    AnomalieEnveloppe,
    Contact,
    EnveloppeCLMISILL,
    EnveloppeMISILLCL,
    build_envelope,
    parse_envelope,
)
from .errors import ActesError, NotBuildable, TooLarge, Unreadable
from .identifiers import Emitter, IDActe, Nature, parse_unique_id, unique_id
from .inspection import Description, describe
from .messages import AnomalieActe, ARActe, Message, TransmissionActe
from .parse import parse_acknowledgement, parse_classification, parse_message
from .repertoire import latin1
from .returned import Returned, ReturnedMessage, read_return
from .transmission import Transmission, build_transmission, pack

__all__ = [
    "ANSWERS",
    "ANSWER_RECEIVED",
    "MAX_ARCHIVE",
    "RECEIPTS",
    "ARActe",
    "Acte",
    "ActesError",
    "AnomalieActe",
    "AnomalieEnveloppe",
    "Attestation",
    "Classification",
    "Contact",
    "Description",
    "Emitter",
    "EnveloppeCLMISILL",
    "EnveloppeMISILLCL",
    "Finding",
    "IDActe",
    "Member",
    "Message",
    "Nature",
    "NotBuildable",
    "Piece",
    "Returned",
    "ReturnedMessage",
    "TooLarge",
    "Transmission",
    "TransmissionActe",
    "Unreadable",
    "Wrapping",
    "build_answer",
    "build_attestation",
    "build_cancellation",
    "build_classification_request",
    "build_envelope",
    "build_message",
    "build_receipt",
    "build_transmission",
    "check_acte",
    "default_classification",
    "describe",
    "dotted_code",
    "latin1",
    "matiere_code",
    "media_type",
    "pack",
    "parse_acknowledgement",
    "parse_classification",
    "parse_envelope",
    "parse_message",
    "parse_unique_id",
    "pdf_faults",
    "read_archive",
    "read_attestation",
    "read_return",
    "unique_id",
    "write_archive",
]
