"""Liste des délibérations of a sitting (documents.md, 4.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Column, Letterhead
from hemicycle.rendering.compile import render
from hemicycle.rendering.typography import hour, long_date


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


def render_decision_list(decisions: DecisionList, *, at: datetime) -> bytes:
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
        "kind": f"Séance {blocks.of_body(decisions.body)}",
        "name": "Liste des délibérations",
        "sitting": f"{long_date(decisions.sitting, weekday=True).capitalize()} à {hour(decisions.sitting)}",
        "subject": "",
        "sections": [
            {"title": "", "parts": [blocks.facts_part(facts), blocks.table_part(columns, rows)]},
        ],
    }
    return render("sheet.typ", data, at=at)
