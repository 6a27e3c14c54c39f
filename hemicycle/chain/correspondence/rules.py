"""What the préfecture writes and what the norm lets one answer: pure."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import get_args

from hemicycle.law.letters import LetterKind
from hemicycle.protocols.actes import ANSWER_RECEIVED, ANSWERS, ActesError, parse_message
from hemicycle.protocols.actes.messages import KINDS as MESSAGES
from hemicycle.protocols.actes.messages import ARReponse, Courrier, DefereTA

#: Root of the message → the kind of letter.
OF_ROOT: dict[str, LetterKind] = {
    "CourrierSimple": "simple",
    "DemandePieceComplementaire": "pieces",
    "LettreObservations": "observations",
    "DefereTA": "referral",
}
ROOT_OF: dict[LetterKind, str] = {kind: root for root, kind in OF_ROOT.items()}
#: Root of an answer → what its author chooses, and what it means.
CHOICES: dict[str, tuple[str, str]] = {
    "ReponseCourrierSimple": ("Répondre", ""),
    "PieceComplementaire": ("Envoyer les pièces demandées", "Le délai du déféré repart à leur réception."),
    "RefusPieceComplementaire": (
        "Refuser d’envoyer des pièces",
        "Le délai du déféré repart à la réception du refus ; dites pourquoi.",
    ),
    "ReponseLettreObservations": ("Répondre aux observations", "Les suivre, ou expliquer l’acte."),
    "RejetLettreObservations": (
        "Rejeter les observations",
        "Le préfet dispose alors de deux mois pour déférer l’acte.",
    ),
}


class NotALetter(ValueError):
    """The message is not a letter of the préfecture; the sentence says what it is."""


@dataclass(frozen=True, kw_only=True)
class ReadLetter:
    """A letter as its message says it."""

    kind: LetterKind
    #: « 4-1 »
    code: str
    acte_id: str
    dated: dt.date
    words: str
    #: Names of its documents.
    documents: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ReadReceipt:
    """A 3-5 or a 4-5."""

    kind: LetterKind
    acte_id: str
    #: Of the letter answered.
    dated: dt.date
    received_on: dt.date


def read_letter(data: bytes) -> ReadLetter:
    """The 2-1, 3-1, 4-1 or 5-1 in `data`. Raises NotALetter."""
    try:
        found = parse_message(data)
    except ActesError as reason:
        raise NotALetter(f"Ce message est illisible. {reason}") from reason
    if not isinstance(found, Courrier | DefereTA) or found.root not in OF_ROOT:
        raise NotALetter(f"Ce message n’est pas un courrier de la préfecture ({MESSAGES[found.root].title}).")
    return ReadLetter(
        kind=OF_ROOT[found.root],
        code=MESSAGES[found.root].code,
        acte_id=found.acte_id,
        dated=found.dated if isinstance(found, Courrier) else found.filed_on,
        words=" ".join((found.text if isinstance(found, Courrier) else found.illegality).split()),
        documents=tuple(document.name for document in found.documents),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def read_receipt(data: bytes) -> ReadReceipt:
    """The acknowledgement of an answer of ours. Raises NotALetter."""
    try:
        found = parse_message(data)
    except ActesError as reason:
        raise NotALetter(f"Ce message est illisible. {reason}") from reason
    if not isinstance(found, ARReponse):
        raise NotALetter(f"Ce message n’accuse réception d’aucune réponse ({MESSAGES[found.root].title}).")
    letter = next(root for root, answers in ANSWERS.items() if ANSWER_RECEIVED.get(answers[0]) == found.root)
    return ReadReceipt(kind=OF_ROOT[letter], acte_id=found.acte_id, dated=found.dated, received_on=found.received_on)


def answers_to(kind: str) -> tuple[str, ...]:
    """Roots of the answers that the norm admits; none to a déféré."""
    return ANSWERS.get(ROOT_OF[_kind(kind)], ())


def takes_several(root: str) -> bool:
    """Whether the answer may hold several documents: a 3-4 alone."""
    return root == "PieceComplementaire"


def awaits_receipt(root: str) -> bool:
    """Whether the préfecture acknowledges that answer: all but a 2-2."""
    return root in ANSWER_RECEIVED


def title_of(root: str) -> str:
    """« Réponse à une lettre d’observations »."""
    return MESSAGES[root].title


def code_of(root: str) -> str:
    """« 4-4 »."""
    return MESSAGES[root].code


def _kind(kind: str) -> LetterKind:
    return next(known for known in get_args(LetterKind) if known == kind)
