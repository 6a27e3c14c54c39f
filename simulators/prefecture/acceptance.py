"""What S²LOW accepts at the door, in its words (s2low-api.md, 4.1); a refusal is the text after KO."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hemicycle.protocols.actes import Acte, Nature, Piece, media_type
from hemicycle.protocols.actes.names import EXTENSIONS

_NUMBER = re.compile(r"^([A-Z0-9][A-Z0-9_]{0,13})?[A-Z0-9]\Z", re.ASCII)


class Refused(Exception):
    """The text that follows KO."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    filename: str
    data: bytes
    code_pj: str = ""


@dataclass(frozen=True, kw_only=True)
class NewActe:
    """Fields of actes_transac_create.php, as posted."""

    number: str
    nature: str
    classif: Sequence[str]
    decision_date: str
    subject: str
    paper: bool
    waiting: int
    document: Upload | None
    annexes: Sequence[Upload]


def checked(posted: NewActe, *, today: date, classification: date) -> tuple[Acte, list[Upload]]:
    """The act posted, and its files in order. Raises Refused."""
    if not _NUMBER.match(posted.number):
        raise Refused("Le numéro n'est pas correct")
    decided = _date(posted.decision_date)
    if decided > today:
        raise Refused("La date de décision est une date dans le futur")
    if not posted.subject.strip() or len(posted.subject) > 499:
        raise Refused("L'objet de l'acte est obligatoire et ne peut dépasser 499 caractères.")
    if posted.nature not in {str(int(nature)) for nature in Nature}:
        raise Refused("La nature de l'acte n'est pas correcte")
    matiere = tuple(int(code) for code in posted.classif if code.isdigit() and code.isascii())
    if len(matiere) < 2 or len(matiere) != len(posted.classif):
        raise Refused("Les deux premiers niveaux de classification sont obligatoires.")
    if posted.document is None or not posted.document.data:
        raise Refused("Aucun fichier acte n'a été posté")
    uploads = [posted.document, *posted.annexes]
    pieces = [checked_piece(upload, rank) for rank, upload in enumerate(uploads)]
    nature = Nature(int(posted.nature))
    if pieces[0].media_type == "text/xml" and nature is not Nature.BUDGET:
        raise Refused("Seuls les documents budgétaires et financiers peuvent être au format XML.")
    if pieces[0].media_type == "text/xml" and matiere[:2] != (7, 1):
        raise Refused("Seule la classification 7.1 est autorisée pour la transmission au format XML")
    if pieces[0].media_type not in ("application/pdf", "text/xml"):
        raise Refused("L'acte doit être au format PDF.")
    acte = Acte(
        number=posted.number,
        nature=nature,
        decided_on=decided,
        matiere=matiere,
        subject=posted.subject,
        document=pieces[0],
        annexes=tuple(pieces[1:]),
        classification_date=classification,
        paper=posted.paper,
    )
    return acte, uploads


def checked_piece(upload: Upload, rank: int) -> Piece:
    """One file, its type judged by its content; rank 0 is the act. Raises Refused."""
    what = "Annexe" if rank else "Acte"
    found = media_type(upload.data)
    if found not in EXTENSIONS:
        raise Refused(f"{what} {upload.filename} : type de fichier non admis.")
    if not upload.code_pj:
        raise Refused(f"{what} {upload.filename} : typologie absente")
    if not re.fullmatch(r"[A-Z0-9_]{5}", upload.code_pj, re.ASCII):
        raise Refused("Le code de la PJ doit faire 5 caractères")
    return Piece(name=upload.filename, type_code=upload.code_pj, data=upload.data, media_type=str(found))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("La date de décision n'est pas correcte") from None
