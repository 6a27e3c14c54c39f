"""Projet de délibération: the text put to the vote, before any number of act (documents.md, 3 and 4.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from hemicycle.rendering import blocks
from hemicycle.rendering.act_text import act_blocks
from hemicycle.rendering.blocks import AnnexLine, Letterhead
from hemicycle.rendering.compile import render
from hemicycle.rendering.model import ORIGIN, Model, modelled, with_logo
from hemicycle.rendering.model_acts import DRAFT
from hemicycle.rendering.pictures import Pictures
from hemicycle.rendering.text_tree import Tree
from hemicycle.rendering.typography import long_date


@dataclass(frozen=True, kw_only=True)
class DraftDeliberation:
    """A draft act; its text holds the recitals, the whereas clauses and the articles."""

    letterhead: Letterhead
    number: str  # the report's number
    body: str
    sitting: date | None
    title: str
    text: Tree
    kind: str = "délibération"  # « arrêté », « décision »
    rapporteur: str = ""
    annexes: tuple[AnnexLine, ...] = ()
    pictures: Pictures = field(default_factory=dict)


def render_draft_deliberation(draft: DraftDeliberation, *, at: datetime, model: Model = ORIGIN) -> bytes:
    """The draft as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    name = f"Projet d’{draft.kind}" if draft.kind.startswith("a") else f"Projet de {draft.kind}"
    data = {
        "document": blocks.document(
            title=f"{name}, rapport n° {draft.number} – {draft.title}",
            author=draft.letterhead.departement,
            number=f"Projet, rapport n° {draft.number}",
            short_title=draft.title,
            subject=draft.title,
        ),
        "letterhead": blocks.letterhead(draft.letterhead),
        "name": name,
        "sitting": f"Réunion du {long_date(draft.sitting)}" if draft.sitting else "",
        "subject": draft.title,
        "note": "",
        "summary": "",
        "facts": blocks.filled([("Rapport", f"n° {draft.number}"), ("Rapporteur", draft.rapporteur)]),
        "body": act_blocks(draft.text, draft.pictures, below=1),
        "signature": None,
        "annexes": blocks.annexes(draft.annexes),
    }
    fields = {
        **blocks.head_fields(draft.letterhead),
        **blocks.act_fields(draft.number, draft.title, draft.sitting),
        **blocks.body_fields(draft.body),
    }
    made = modelled(DRAFT, model, data, fields)
    return render("report.typ", made, at=at, pictures=with_logo(draft.pictures, model))
