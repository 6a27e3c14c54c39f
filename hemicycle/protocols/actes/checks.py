"""What the préfecture or the TdT would refuse, said before anything is sent (norm, section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .acte import Acte, Piece
from .archive import MAX_ARCHIVE
from .classification import Classification, dotted_code
from .documents import media_type, pdf_faults
from .identifiers import NUMBER_RULE, PIECE_TYPE_RULE, Nature
from .repertoire import latin1, without_equivalent

#: The TdT's limit; the schema's own is 500.
MAX_SUBJECT = 499
#: Envelope, message and headers of the archive, well over what they weigh.
_WRAPPING = 512 * 1024
_ANNEX_TYPES = ("application/pdf", "image/jpeg", "image/png", "text/xml")
_BUDGET_MATIERE = (7, 1)


@dataclass(frozen=True, kw_only=True)
class Finding:
    #: Stable identifier: acte.number, piece.type...
    code: str
    severity: Literal["blocking", "warning"]
    #: What is wrong, and what to do: two French sentences.
    message: str
    remedy: str


def check_acte(
    acte: Acte, classification: Classification, *, today: date | None = None, max_bytes: int = MAX_ARCHIVE
) -> list[Finding]:
    """Every reason not to send this act, and every remark; no blocking finding means it may leave.

    `today` gives the rule on future decisions something to compare with; without it the rule is skipped.
    """
    findings = [*_identity(acte, today), *_subject(acte.subject), *_classified(acte, classification)]
    findings += _formats(acte)
    for piece in acte.pieces:
        findings += _piece(piece, acte, classification)
    findings += _sizes(acte, max_bytes)
    return findings


def _blocking(code: str, message: str, remedy: str) -> Finding:
    return Finding(code=code, severity="blocking", message=message, remedy=remedy)


def _warning(code: str, message: str, remedy: str) -> Finding:
    return Finding(code=code, severity="warning", message=message, remedy=remedy)


def _identity(acte: Acte, today: date | None) -> Iterator[Finding]:
    if not NUMBER_RULE.fullmatch(acte.number):
        yield _blocking(
            "acte.number",
            f"Le numéro « {acte.number} » n’est pas accepté par la préfecture.",
            "Employez un à quinze chiffres, majuscules ou tirets bas, sans tiret bas aux extrémités.",
        )
    if today is not None and acte.decided_on > today:
        yield _blocking(
            "acte.date",
            f"La date de décision, le {acte.decided_on:%d/%m/%Y}, est à venir.",
            "Attendez la décision ou corrigez sa date.",
        )


def _subject(subject: str) -> Iterator[Finding]:
    written = latin1(subject)
    if not written:
        yield _blocking("acte.subject.empty", "L’objet de l’acte est vide.", "Saisissez l’objet de l’acte.")
    if len(written) > MAX_SUBJECT:
        yield _blocking(
            "acte.subject.length",
            f"L’objet compte {len(written)} caractères une fois transcrit ; la limite est de {MAX_SUBJECT}.",
            "Raccourcissez l’objet.",
        )
    lost = without_equivalent(subject)
    if lost:
        yield _blocking(
            "acte.subject.repertoire",
            f"L’objet contient des caractères que la préfecture ne sait pas lire : {' '.join(lost)}.",
            "Remplacez-les par des lettres latines.",
        )
    elif written != " ".join(subject.split()):
        yield _warning(
            "acte.subject.transcribed",
            "L’objet contient des signes absents du répertoire de la préfecture (apostrophe courbe, œ, €…).",
            f"Il sera transmis ainsi : « {written} ».",
        )


def _classified(acte: Acte, classification: Classification) -> Iterator[Finding]:
    if not 2 <= len(acte.matiere) <= 5:
        yield _blocking(
            "acte.matiere.levels",
            f"La matière « {dotted_code(acte.matiere)} » doit avoir deux à cinq niveaux.",
            "Choisissez une matière dans la classification, par exemple 7.5.",
        )
    elif not classification.knows(acte.matiere):
        yield _blocking(
            "acte.matiere.unknown",
            f"La matière {dotted_code(acte.matiere)} n’existe pas dans la classification "
            f"du {classification.dated:%d/%m/%Y}.",
            "Choisissez une matière de la classification en vigueur.",
        )
    if acte.classification_date != classification.dated:
        yield _blocking(
            "acte.classification.date",
            f"L’acte suit la classification du {acte.classification_date:%d/%m/%Y}, celle en vigueur "
            f"est du {classification.dated:%d/%m/%Y}.",
            "Reprenez la matière et les types de pièces dans la classification en vigueur.",
        )


def _formats(acte: Acte) -> Iterator[Finding]:
    main = media_type(acte.document.data)
    budget = acte.nature is Nature.BUDGET and acte.matiere[:2] == _BUDGET_MATIERE
    if main == "text/xml" and not budget:
        yield _blocking(
            "piece.format",
            f"« {acte.document.name} » est un fichier XML, réservé aux documents budgétaires (matière 7.1).",
            "Transmettez l’acte en PDF.",
        )
    elif main not in ("application/pdf", "text/xml"):
        yield _blocking("piece.format", f"« {acte.document.name} » n’est pas un PDF.", "Transmettez l’acte en PDF.")
    for annexe in acte.annexes:
        found = media_type(annexe.data)
        if found not in _ANNEX_TYPES:
            yield _blocking(
                "piece.format",
                f"« {annexe.name} » n’est ni un PDF, ni une image JPEG ou PNG, ni un fichier XML.",
                "Convertissez cette annexe en PDF.",
            )
        elif main == "text/xml" and found != "application/pdf":
            yield _blocking(
                "piece.format",
                f"« {annexe.name} » doit être un PDF, parce que l’acte est un fichier XML.",
                "Convertissez cette annexe en PDF.",
            )


def _piece(piece: Piece, acte: Acte, classification: Classification) -> Iterator[Finding]:
    allowed = classification.piece_types(int(acte.nature))
    if not PIECE_TYPE_RULE.fullmatch(piece.type_code) or piece.type_code not in allowed:
        yield _blocking(
            "piece.type",
            f"« {piece.name} » : le type de pièce « {piece.type_code} » n’est pas admis pour la nature "
            f"« {acte.nature.label} ».",
            f"Choisissez un des {len(allowed)} types admis, par exemple {acte.nature.default_piece_type}.",
        )
    if not piece.data:
        yield _blocking("piece.empty", f"« {piece.name} » est vide.", "Joignez de nouveau ce fichier.")
        return
    found = media_type(piece.data)
    if found is not None and found != piece.media_type.replace("application/xml", "text/xml"):
        yield _blocking(
            "piece.media_type",
            f"« {piece.name} » s’annonce comme {piece.media_type}, son contenu est {found}.",
            "Joignez de nouveau ce fichier avec l’extension qui correspond à son contenu.",
        )
    if found == "application/pdf":
        for fault in pdf_faults(piece.data):
            yield _blocking(
                "piece.pdf",
                f"« {piece.name} » ne peut pas être transmis : {fault}.",
                "Produisez un PDF simple, sans protection ni contenu actif.",
            )
    if re.search(r"[^\x20-\x7e\xa0-\xff]", piece.name):
        yield _warning(
            "piece.name",
            f"Le nom « {piece.name} » contient des signes inhabituels.",
            "Il sera simplifié à l’envoi ; le contenu ne change pas.",
        )


def _sizes(acte: Acte, max_bytes: int) -> Iterator[Finding]:
    total = sum(len(piece.data) for piece in acte.pieces)
    if total + _WRAPPING > max_bytes:
        mebibytes = max_bytes // 1024**2
        heaviest = max(acte.pieces, key=lambda piece: len(piece.data))
        yield _blocking(
            "acte.size",
            f"L’acte et ses annexes pèsent {total / 1024**2:.1f} Mio ; la limite est de {mebibytes} Mio.",
            f"Allégez ou retirez des annexes, à commencer par « {heaviest.name} ».",
        )
