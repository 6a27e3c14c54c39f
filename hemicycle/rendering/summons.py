"""Convocation of an elected member to a sitting (CGCT, L3121-9, L3121-10, L3121-19; documents.md, 4.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hemicycle.rendering import blocks
from hemicycle.rendering.agenda import AgendaItem, items_table
from hemicycle.rendering.blocks import Letterhead, Signature
from hemicycle.rendering.compile import render
from hemicycle.rendering.model import ORIGIN, Model, lines_of, modelled, signed
from hemicycle.rendering.model_papers import SUMMONS
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
    greeting: str = ""  # to one member; empty: as the model says
    items: tuple[AgendaItem, ...] = ()  # empty: « l’ordre du jour est joint »
    reports: str = ""  # how the reports are reached
    proxy_deadline: datetime | None = None
    urgency: str = ""  # the reason, when the delay is shortened
    notes: tuple[str, ...] = ()  # commissions before, access of the room, visioconférence…
    issued_at: str = ""  # town
    #: What the words of the model may say besides: {ville}, {adresse}.
    more: Mapping[str, str] = field(default_factory=dict)


def render_summons(summons: Summons, *, at: datetime, model: Model = ORIGIN) -> bytes:
    """The summons as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    day = long_date(summons.sitting, weekday=True)
    name = f"Convocation {blocks.to_body(summons.body)}"
    deadline = summons.proxy_deadline
    facts = [
        ("Séance", f"{day} à {hour(summons.sitting)}"),
        ("Lieu", summons.place),
        ("Pouvoirs", f"à déposer avant le {short_moment(deadline)}" if deadline else ""),
    ]
    fields = {
        **blocks.head_fields(summons.letterhead),
        **blocks.body_fields(summons.body),
        **blocks.meeting_fields(summons.sitting, summons.place),
        **summons.more,
    }
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
        "text": [blocks.text_part(*_paragraphs(summons, lines_of(SUMMONS, model, "meeting", fields)))],
        "attachments": [],
    }
    made = modelled(SUMMONS, model, data, fields)
    made["words"]["greeting"] = summons.greeting or made["words"]["greeting"]
    made["signature"] = signed(blocks.signature(summons.signature), made["words"])
    made["agenda"] = _agenda(summons, made["words"]["agenda_title"])
    return render("letter.typ", made, at=at, pictures=model.pictures())


def _agenda(summons: Summons, title: str) -> list[dict[str, Any]]:
    return [{"kind": "heading", "title": title}, items_table(summons.items)] if summons.items else []


def _paragraphs(summons: Summons, meeting: Sequence[str]) -> list[str]:
    urgency = (
        "En application de l’article L. 3121-19 du code général des collectivités territoriales, "
        f"le délai de convocation est abrégé pour le motif suivant : {summons.urgency}"
    )
    agenda = "L’ordre du jour figure à la suite de la présente convocation."
    return [
        *meeting,
        *([urgency] if summons.urgency else []),
        agenda if summons.items else "L’ordre du jour est joint à la présente convocation.",
        *([summons.reports] if summons.reports else []),
        *summons.notes,
    ]
