"""Liste des délibérations of a sitting (documents.md, 4.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Column, Letterhead
from hemicycle.rendering.compile import render
from hemicycle.rendering.model import ORIGIN, Model, modelled
from hemicycle.rendering.model_papers import DECISION_LIST
from hemicycle.rendering.typography import long_date


@dataclass(frozen=True, kw_only=True)
class DecisionLine:
    """One item and what became of it."""

    number: str
    title: str
    outcome: str  # « adoptée », « rejetée », « retirée », « ajournée »
    vote: str = ""  # « unanimité », « 33 pour, 1 contre, 2 abstentions »


@dataclass(frozen=True, kw_only=True)
class DecisionList:
    """What a sitting decided."""

    letterhead: Letterhead
    body: str
    sitting: datetime  # read in its own time zone
    presided_by: str
    lines: tuple[DecisionLine, ...]
    attendance: str = ""  # « 30 présents, 6 représentés, 6 absents ou excusés »
    posted_on: date | None = None
    address: str = ""  # where the acts are read online
    place: str = ""
    #: What the words of the model may say besides: {ville}, {adresse}.
    more: Mapping[str, str] = field(default_factory=dict)


def render_decision_list(decisions: DecisionList, *, at: datetime, model: Model = ORIGIN) -> bytes:
    """The list as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    day = long_date(decisions.sitting)
    facts = [
        ("Présidence", decisions.presided_by),
        ("Membres", decisions.attendance),
        ("Liste mise en ligne le", long_date(decisions.posted_on) if decisions.posted_on else ""),
        ("Textes des délibérations", decisions.address),
    ]
    columns = [
        Column(label="N°", width="32"),
        Column(label="Objet", width="fill"),
        Column(label="Décision", width="21"),
        Column(label="Vote", width="34"),
    ]
    rows = [[line.number, line.title, line.outcome, line.vote] for line in decisions.lines]
    data = {
        "document": blocks.document(
            title=f"Liste des délibérations {blocks.of_body(decisions.body)}, séance du {day}",
            author=decisions.letterhead.departement,
            number="Liste des délibérations",
            short_title=f"{decisions.body}, séance du {day}",
        ),
        "letterhead": blocks.letterhead(decisions.letterhead),
        "name": "Liste des délibérations",
        "subject": "",
        "sections": [
            {"part": "facts", "title": "", "parts": [blocks.facts_part(facts)]},
            {"part": "lines", "title": "", "parts": [blocks.table_part(columns, rows)]},
        ],
    }
    fields = {
        **blocks.head_fields(decisions.letterhead),
        **blocks.body_fields(decisions.body),
        **blocks.meeting_fields(decisions.sitting, decisions.place),
        **decisions.more,
    }
    made = modelled(DECISION_LIST, model, data, fields)
    made["words"]["sitting"] = made["words"]["sitting"][:1].upper() + made["words"]["sitting"][1:]
    return render("sheet.typ", blocks.sheet_words(made), at=at, pictures=model.pictures())
