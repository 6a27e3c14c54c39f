"""The forms that S²LOW takes: an act, an answer to a letter (s2low-api.md, 4.1 and 4.7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from hemicycle.gateways.prefecture.letters import Reply
from hemicycle.protocols.actes import Acte, Piece, latin1

_Files = list[tuple[str, tuple[str, bytes, str]]]
#: A refusal of what is asked; every other answer is 4.
_REFUSALS: Final = ("RefusPieceComplementaire", "RejetLettreObservations")


def fields_of(acte: Acte) -> dict[str, Any]:
    """The form of an act, its text in ISO-8859-1 as the TdT reads it."""
    subject = latin1(acte.subject).encode("iso-8859-1")
    return {
        "api": "1",
        "nature_code": str(int(acte.nature)),
        **{f"classif{level}": str(code) for level, code in enumerate(acte.matiere, start=1)},
        "number": acte.number,
        "decision_date": acte.decided_on.isoformat(),
        "subject": subject,
        "document_papier": "1" if acte.paper else "0",
        "type_acte": acte.document.type_code,
        "type_pj[]": [annexe.type_code for annexe in acte.annexes],
    }


def fields_of_reply(reply: Reply) -> dict[str, Any]:
    """The form of an answer; `id` is the letter's, `type_envoie` says whether what it asks is refused."""
    return {
        "api": "1",
        "id": reply.letter,
        "type_envoie": "3" if reply.root in _REFUSALS else "4",
        "type_acte": reply.pieces[0].type_code,
        "type_pj[]": [piece.type_code for piece in reply.pieces[1:]],
    }


def files_of(pieces: Sequence[Piece]) -> _Files:
    """The first document under its own field, then the others."""
    names = ["acte_pdf_file", *("acte_attachments[]" for _ in pieces[1:])]
    return [
        (name, (re.sub(r"[^a-zA-Z0-9._ ]", "_", piece.name), piece.data, piece.media_type))
        for name, piece in zip(names, pieces, strict=True)
    ]
