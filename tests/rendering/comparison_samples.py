"""A comparison as its marked trees come: a paragraph edited, cut, moved, a table, an article renumbered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hemicycle.rendering.comparison import ComparedText, ComparedVersion, ComparisonSheet, Passage
from tests.rendering.samples import AT, HEAD, TITLE

Node = dict[str, Any]


def words(*pieces: str | tuple[str, str]) -> Node:
    """A paragraph; a pair is (mark, text)."""
    content = [
        {"type": "text", "text": piece}
        if isinstance(piece, str)
        else {"type": "text", "text": piece[1], "marks": [{"type": piece[0]}]}
        for piece in pieces
    ]
    return {"type": "paragraph", "content": content}


def _row(kind: str, *cells: Node) -> Node:
    return {"type": "tableRow", "content": [{"type": kind, "content": [cell]} for cell in cells]}


def _table() -> Node:
    head = _row("tableHeader", words("Bénéficiaire"), words("Montant"))
    edited = _row("tableCell", words("Club de Clérande"), words(("deleted", "12 000 €"), ("inserted", "15 000 €")))
    added = _row("tableCell", words(("inserted", "Ligue")), words(("inserted", "3 000 €")))
    return {"type": "table", "content": [head, edited, added]}


def comparison() -> ComparisonSheet:
    heading = {"type": "heading", "attrs": {"level": 3}, "content": [{"type": "text", "text": "Contexte"}]}
    amount = words("Le club demande ", ("deleted", "12 000 €"), ("inserted", "15 000 €"), " pour 2026.")
    cut = words("Il joue à Ambrelle.", ("inserted", "¶"))
    moved = words("La dépense est imputée au chapitre ", ("deleted", "65"), ("inserted", "67"), " du budget.")
    article = words(("bold", "Article "), ("deleted", "2"), ("inserted", "3"), " – La convention est approuvée.")
    report = (
        Passage(nodes=(heading,), changed=False),
        Passage(nodes=(amount,), changed=True, word="Modifié"),
        Passage(nodes=(), changed=False, unseen=8),
        Passage(nodes=(cut, words("Il compte 140 licenciés.")), changed=True, word="Scindé"),
        Passage(nodes=(moved,), changed=True, word="Déplacé", note="Était plus haut, après « Le club demande »."),
        Passage(nodes=(_table(),), changed=True, word="Modifié"),
    )
    act = (Passage(nodes=(article,), changed=True, word="Renuméroté", note="Auparavant article 2."),)
    return ComparisonSheet(
        letterhead=HEAD,
        number="R2026-0412",
        title=TITLE,
        old=ComparedVersion(name="Version 2", made_at=AT - timedelta(days=3), author="Inès Faure"),
        new=ComparedVersion(name="Version 3", made_at=AT, author="Inès Faure", reason="Montant corrigé"),
        summary="Rapport : 2 paragraphes modifiés ; montant 12 000 € → 15 000 € ; 1 annexe remplacée.",
        fields=(("Montant", "12 000 €", "15 000 €"),),
        others=("Annexe « Budget » remplacée : 84 ko, empreinte 1a2b3c4d5e6f → 96 ko, empreinte 0a9b8c7d6e5f",),
        texts=(
            ComparedText(title="Rapport", summary="2 paragraphes modifiés", passages=report),
            ComparedText(title="Projet de délibération", summary="article 2 → 3 renuméroté", passages=act),
        ),
    )
