"""An annex written in a word processor, set again as PDF/A from its text tree (documents.md, B9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Letterhead
from hemicycle.rendering.compile import render
from hemicycle.rendering.pictures import Pictures
from hemicycle.rendering.text_tree import Tree
from hemicycle.rendering.text_tree import blocks as text_blocks


@dataclass(frozen=True, kw_only=True)
class Annex:
    """One annex of a report or of an act."""

    letterhead: Letterhead
    number: int
    title: str
    text: Tree
    act: str = ""  # « la délibération n° CP/2026-07-09/13-01 », « le rapport n° R2026-0412 »; empty: no such header
    pictures: Pictures = field(default_factory=dict)


def render_annex(annex: Annex, *, at: datetime) -> bytes:
    """The annex as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    kind = f"Annexe n° {annex.number}" + (f" {_to(annex.act)}" if annex.act else "")
    data = {
        "document": blocks.document(
            title=f"{kind} – {annex.title}",
            author=annex.letterhead.departement,
            number=f"Annexe n° {annex.number}",
            short_title=annex.title,
            subject=annex.title,
        ),
        "letterhead": blocks.letterhead(annex.letterhead),
        "kind": kind,
        "name": annex.title,
        "body": text_blocks(annex.text, below=1, pictures=annex.pictures),
    }
    return render("annex.typ", data, at=at, pictures=annex.pictures)


def _to(act: str) -> str:
    return f"au {act.removeprefix('le ')}" if act.startswith("le ") else f"à {act}"
