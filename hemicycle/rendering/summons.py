"""Convocation of an elected member to a sitting (CGCT, L3121-9, L3121-10, L3121-19; documents.md, 4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hemicycle.rendering import blocks
from hemicycle.rendering.agenda import AgendaItem, items_table
from hemicycle.rendering.blocks import Letterhead, Signature
from hemicycle.rendering.compile import render
from hemicycle.rendering.typography import hour, long_date, short_moment


@dataclass(frozen=True, kw_only=True)
class Summons:
    """A summons, to one member by name or to all."""

    letterhead: Letterhead
    body: str
    sitting: datetime  # read in its own time zone
    place: str
    signature: Signature
    sent_on: date
    recipient: tuple[str, ...]  # lines of the address; « Mesdames et Messieurs les Conseillers départementaux »
    greeting: str = "Madame la Conseillère départementale, Monsieur le Conseiller départemental,"
    items: tuple[AgendaItem, ...] = ()  # empty: « l’ordre du jour est joint »
    reports: str = ""  # how the reports are reached
    proxy_deadline: datetime | None = None
    urgency: str = ""  # the reason, when the delay is shortened
    notes: tuple[str, ...] = ()  # commissions before, access of the room, visioconférence…
    issued_at: str = ""  # town
    closing: str = "Je vous prie d’agréer l’expression de ma considération distinguée."


def render_summons(summons: Summons, *, at: datetime) -> bytes:
    """The summons as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    day = long_date(summons.sitting, weekday=True)
    name = f"Convocation {blocks.to_body(summons.body)}"
    deadline = summons.proxy_deadline
    facts = [
        ("Séance", f"{day} à {hour(summons.sitting)}"),
        ("Lieu", summons.place),
        ("Pouvoirs", f"à déposer avant le {short_moment(deadline)}" if deadline else ""),
    ]
    after: list[dict[str, Any]] = []
    if summons.items:
        after = [{"kind": "heading", "title": "Ordre du jour"}, items_table(summons.items)]
    data = {
        "document": blocks.document(
            title=f"{name}, séance du {long_date(summons.sitting)}",
            author=summons.letterhead.departement,
            number="Convocation",
            short_title=f"{summons.body}, séance du {long_date(summons.sitting)}",
        ),
        "letterhead": blocks.letterhead(summons.letterhead),
        "recipient": list(summons.recipient),
        "place_and_date": blocks.place_and_date(summons.issued_at, summons.sent_on),
        "name": name,
        "facts": blocks.filled(facts),
        "greeting": summons.greeting,
        "parts": [blocks.text_part(*_paragraphs(summons))],
        "closing": summons.closing,
        "signature": blocks.signature(summons.signature),
        "attachments": [],
        "after": after,
    }
    return render("letter.typ", data, at=at)


def _paragraphs(summons: Summons) -> list[str]:
    day = long_date(summons.sitting, weekday=True)
    where = f"le {day} à {hour(summons.sitting)}, {summons.place}"
    meeting = f"J’ai l’honneur de vous convoquer à la séance {blocks.of_body(summons.body)} qui se tiendra {where}."
    urgency = (
        "En application de l’article L. 3121-19 du code général des collectivités territoriales, "
        f"le délai de convocation est abrégé pour le motif suivant : {summons.urgency}"
    )
    agenda = "L’ordre du jour figure à la suite de la présente convocation."
    return [
        meeting,
        *([urgency] if summons.urgency else []),
        agenda if summons.items else "L’ordre du jour est joint à la présente convocation.",
        *([summons.reports] if summons.reports else []),
        *summons.notes,
    ]
