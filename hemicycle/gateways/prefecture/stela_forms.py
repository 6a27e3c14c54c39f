"""The forms that Stela takes from publishers, and what it says of one that it refuses (s2low-api.md, section 6)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from hemicycle.gateways.prefecture.errors import Rejected
from hemicycle.protocols.actes import Acte, Nature, Piece, dotted_code, latin1

Files = list[tuple[str, tuple[str, bytes, str]]]
NATURES: Final = {
    Nature.DELIBERATION: "DELIBERATIONS",
    Nature.REGULATORY: "ARRETES_REGLEMENTAIRES",
    Nature.INDIVIDUAL: "ARRETES_INDIVIDUELS",
    Nature.CONTRACT: "CONTRATS_ET_CONVENTIONS",
    Nature.BUDGET: "DOCUMENTS_BUDGETAIRES_ET_FINANCIERS",
    Nature.OTHER: "AUTRES",
}


def fields_of(acte: Acte) -> dict[str, Any]:
    """The form of an act. Raises Rejected for what Stela has no way to say."""
    if acte.paper:
        raise Rejected("Stela ne sait pas annoncer un acte dont une partie suit sur papier ; passez par ses pages.")
    names = _names(acte.pieces)
    return {
        "number": acte.number,
        "objet": latin1(acte.subject),
        "nature": NATURES[acte.nature],
        "code": _code(acte.matiere),
        "decision": acte.decided_on.isoformat(),
        "fileType": acte.document.type_code,
        "annexeTypes": [
            f"{name}:{annexe.type_code}" for name, annexe in zip(names[1:], acte.annexes, strict=True)
        ],
        # What is published is published here, never by the carrier.
        "public": "false",
        "publicWebsite": "false",
    }  # fmt: skip


def files_of(acte: Acte) -> Files:
    """The act, then its annexes."""
    fields = ["file", *("annexes" for _ in acte.annexes)]
    return _files(fields, acte.pieces)


def files_of_answer(root: str, pieces: Sequence[Piece]) -> Files:
    """The documents of an answer; only a 3-4 has a field for several."""
    return _files(["files" if root == "PieceComplementaire" else "file"] * len(pieces), pieces)


def refusal_of(body: bytes) -> str:
    """What Stela says of a form it refuses, field by field."""
    try:
        told = json.loads(body)
    except ValueError:
        told = {}
    errors = told if isinstance(told, list) else told.get("errors") if isinstance(told, dict) else None
    said = [
        f"{item.get('field', '')} : {item.get('defaultMessage', '')}" for item in errors or () if isinstance(item, dict)
    ]
    return " ; ".join(said)[:600] or "sans motif"


def _files(fields: Sequence[str], pieces: Sequence[Piece]) -> Files:
    return [
        (field, (name, piece.data, piece.media_type))
        for field, name, piece in zip(fields, _names(pieces), pieces, strict=True)
    ]


def _names(pieces: Sequence[Piece]) -> list[str]:
    """Types are given by file name: no two may bear the same one, nor hold the colon that ends it."""
    return [f"{rank}_{re.sub(r'[^a-zA-Z0-9._]', '_', piece.name)}" for rank, piece in enumerate(pieces)]


def _code(matiere: tuple[int, ...]) -> str:
    if any(level > 9 for level in matiere):
        raise Rejected(
            f"Stela ne sait pas dire la matière {dotted_code(matiere)} (un chiffre par niveau) : classez-le autrement."
        )
    return "-".join(str(level) for level in (*matiere, 0, 0, 0, 0)[:5])
