"""What the préfecture or the TdT would refuse, said before signing and before sending: pure.

The rules of the norm alone are `protocols.actes.check_acte`; here are added those that need the other acts, and those
of an act that is not drawn up yet.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pikepdf

from hemicycle.protocols.actes import (
    MAX_ARCHIVE,
    Acte,
    ActesError,
    Classification,
    Finding,
    Nature,
    Piece,
    check_acte,
    matiere_code,
    media_type,
)

#: Files of one deposit that the TdT's server takes unless set otherwise (PHP's max_file_uploads; norm, section 5).
MANY_FILES = 20
#: A file over this weight, in bytes, is often a scan that could be lighter.
HEAVY = 50 << 20
#: Stands for the matière and the number while they are not known or not readable.
_NO_MATIERE, _NO_NUMBER = (1, 1), "1"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What is about to leave, as far as it is known."""

    #: As it would be transmitted; empty before the vote gives one.
    number: str
    nature: Nature
    #: None before the vote.
    decided_on: dt.date | None
    #: « 7.5 », as it was entered.
    matiere: str
    subject: str
    #: None before the signed file is there: what we draw up ourselves needs no check of its own.
    document: Piece | None
    annexes: tuple[Piece, ...]
    #: The date of the nomenclature that the act follows; None: the one in force.
    follows: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """Another act that the TdT already holds."""

    number: str
    decided_on: dt.date
    nature: str
    #: Its number as people know it.
    act: str


def check(
    candidate: Candidate, classification: Classification, *, today: dt.date, earlier: Iterable[Earlier] = ()
) -> tuple[Finding, ...]:
    """Every reason not to send it and every remark, the blocking ones first. None blocking: it may leave."""
    matiere = _matiere(candidate.matiere)
    acte = Acte(
        number=candidate.number or _NO_NUMBER,
        nature=candidate.nature,
        decided_on=candidate.decided_on or today,
        matiere=matiere or _NO_MATIERE,
        subject=candidate.subject,
        document=candidate.document or _our_own(candidate),
        annexes=candidate.annexes,
        classification_date=candidate.follows or classification.dated,
    )
    found = [
        *check_acte(acte, classification, today=today),
        *(_unreadable_matiere(candidate.matiere) if matiere is None else ()),
        *_taken(candidate, earlier),
        *_required_annexes(acte, drawn_up=candidate.document is not None),
        *(_type_for_matiere(acte.pieces, matiere) if matiere else ()),
        *_files(acte.pieces),
    ]
    if matiere is None:
        found = [f for f in found if f.code not in ("acte.matiere.levels", "acte.matiere.unknown")]
    return tuple(sorted(found, key=lambda f: f.severity != "blocking"))


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stop the signature and the sending."""
    return [finding for finding in findings if finding.severity == "blocking"]


def said(findings: Iterable[Finding]) -> str:
    """The blocking ones as running text: what is wrong and what to do, one after the other."""
    return " ".join(f"{f.message} {f.remedy}" for f in blocking(findings))


def _matiere(code: str) -> tuple[int, ...] | None:
    try:
        return matiere_code(code.strip())
    except ActesError:
        return None


def _unreadable_matiere(code: str) -> Iterator[Finding]:
    yield Finding(
        code="acte.matiere.code",
        severity="blocking",
        message=f"La matière « {code} » n’est pas un code de la classification.",
        remedy="Choisissez une matière de la liste, par exemple 7.5.",
    )


def _taken(candidate: Candidate, earlier: Iterable[Earlier]) -> Iterator[Finding]:
    """S²LOW takes a number once and for all; the ministry refuses an identifier twice (s2low-api.md §4.1)."""
    for other in earlier:
        if other.number != candidate.number or not candidate.number:
            continue
        if other.decided_on == candidate.decided_on and other.nature == candidate.nature.abbreviation:
            yield Finding(
                code="acte.duplicate",
                severity="blocking",
                message=f"Un acte de même numéro, de même nature et de même date est déjà transmis : {other.act}.",
                remedy="Vérifiez qu’il ne s’agit pas du même acte ; sinon, donnez un autre numéro à celui-ci.",
            )
        else:
            yield Finding(
                code="acte.number.taken",
                severity="blocking",
                message=f"Le numéro « {candidate.number} » est déjà employé chez le tiers de télétransmission, par "
                f"l’acte {other.act} du {other.decided_on:%d/%m/%Y}.",
                remedy="Ajoutez un suffixe au numéro : un numéro transmis ne sert qu’une fois.",
            )


def _required_annexes(acte: Acte, *, drawn_up: bool) -> Iterator[Finding]:
    if acte.nature is not Nature.BUDGET or not drawn_up:
        return
    if media_type(acte.document.data) == "text/xml":
        if not any(media_type(annexe.data) == "application/pdf" for annexe in acte.annexes):
            yield Finding(
                code="acte.annexes.missing",
                severity="blocking",
                message="Un document budgétaire transmis en XML doit être accompagné de sa délibération en PDF.",
                remedy="Joignez la délibération en annexe, transmise au contrôle de légalité.",
            )
    elif acte.matiere[:2] == (7, 1):
        yield Finding(
            code="acte.budget.format",
            severity="warning",
            message="Ce document budgétaire part en PDF : la préfecture l’attend d’ordinaire en XML scellé (TOTEM).",
            remedy="Vérifiez auprès de la préfecture qu’elle accepte le PDF.",
        )


def _type_for_matiere(pieces: Iterable[Piece], matiere: tuple[int, ...]) -> Iterator[Finding]:
    """The two digits of a type are the matière that it was made for; 0 is any, 99 is generic (norm, section 9)."""
    for piece in pieces:
        digits = piece.type_code[:2]
        if not (digits.isascii() and digits.isdigit()) or digits == "99":
            continue
        first, second = int(digits[0]), int(digits[1])
        if first not in (0, matiere[0]) or second not in (0, *matiere[1:2]):
            yield Finding(
                code="piece.type.matiere",
                severity="warning",
                message=f"« {piece.name} » : le type de pièce « {piece.type_code} » est prévu pour une autre matière.",
                remedy="Vérifiez le type de cette pièce et la matière de l’acte.",
            )


def _files(pieces: tuple[Piece, ...]) -> Iterator[Finding]:
    for piece in pieces:
        size = len(piece.data)
        if size > MAX_ARCHIVE:
            yield Finding(
                code="piece.size",
                severity="blocking",
                message=f"« {piece.name} » pèse à lui seul {size / 1024**2:.1f} Mio : aucun envoi n’en prend tant.",
                remedy="Réduisez ce fichier, par exemple en numérisant à 150 points par pouce.",
            )
        elif size > HEAVY:
            yield Finding(
                code="piece.heavy",
                severity="warning",
                message=f"« {piece.name} » pèse {size / 1024**2:.1f} Mio.",
                remedy="Un fichier plus léger part plus vite et se lit mieux à la préfecture.",
            )
    if len(pieces) > MANY_FILES:
        yield Finding(
            code="acte.files",
            severity="warning",
            message=f"L’envoi compte {len(pieces)} fichiers ; bien des tiers de télétransmission en prennent "
            f"{MANY_FILES} au plus.",
            remedy="Réunissez des annexes en un seul PDF, ou vérifiez la limite auprès de l’opérateur.",
        )
    contents: dict[bytes, str] = {}
    for piece in pieces:
        if piece.data and piece.data in contents:
            yield Finding(
                code="piece.twice",
                severity="warning",
                message=f"« {piece.name} » et « {contents[piece.data]} » sont le même fichier.",
                remedy="Retirez l’un des deux, ou joignez celui qui manque.",
            )
        contents.setdefault(piece.data, piece.name)


def _our_own(candidate: Candidate) -> Piece:
    """Stands for the act that we draw up, a PDF/A without anything active: nothing is to be said of it."""
    return Piece(
        name="acte.pdf",
        type_code=candidate.nature.default_piece_type,
        data=_blank(),
        media_type="application/pdf",
    )


@cache
def _blank() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
