"""Ordre du jour: what may be voted, in order (documents.md, 4.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Column, Letterhead
from hemicycle.rendering.compile import render
from hemicycle.rendering.model import ORIGIN, Model, lines_of, modelled
from hemicycle.rendering.model_papers import AGENDA
from hemicycle.rendering.typography import long_date


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One line of the agenda."""

    number: str
    title: str
    rapporteur: str = ""
    opinion: str = ""  # « 1re commission : avis favorable »
    note: str = ""  # « vote groupé », « additif – urgence »


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """One dated version of the agenda of a sitting."""

    letterhead: Letterhead
    body: str
    sitting: datetime  # read in its own time zone
    place: str
    items: tuple[AgendaItem, ...]
    version: int = 1
    dated: date | None = None
    opening: tuple[str, ...] = ()  # appel, secrétaire, quorum…; empty: as the model says
    closing: tuple[str, ...] = ()  # motions, vœux, questions orales; the same
    #: What the words of the model may say besides: {ville}, {adresse}.
    more: Mapping[str, str] = field(default_factory=dict)


def render_agenda(agenda: Agenda, *, at: datetime, model: Model = ORIGIN) -> bytes:
    """The agenda as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    day = long_date(agenda.sitting)
    fields = {
        **blocks.head_fields(agenda.letterhead),
        **blocks.body_fields(agenda.body),
        **blocks.meeting_fields(agenda.sitting, agenda.place),
        **agenda.more,
    }
    data = {
        "document": blocks.document(
            title=f"Ordre du jour {blocks.of_body(agenda.body)}, séance du {day}",
            author=agenda.letterhead.departement,
            number="Ordre du jour",
            short_title=f"{agenda.body}, séance du {day}",
        ),
        "letterhead": blocks.letterhead(agenda.letterhead),
        "name": "Ordre du jour",
        "subject": "",
        "sections": _sections(agenda, model, fields),
    }
    made = modelled(AGENDA, model, data, fields)
    made["words"]["eyebrow"] = _capital(made["words"]["eyebrow"])
    return render("sheet.typ", blocks.sheet_words(made), at=at, pictures=model.pictures())


def _sections(agenda: Agenda, model: Model, fields: Mapping[str, str]) -> list[dict[str, Any]]:
    def words(key: str) -> str:
        return " ".join(lines_of(AGENDA, model, key, fields))

    opening = list(agenda.opening) or lines_of(AGENDA, model, "opening", fields)
    closing = list(agenda.closing) or lines_of(AGENDA, model, "closing", fields)
    found: list[dict[str, Any]] = [
        {"part": "facts", "title": "", "parts": [blocks.facts_part(_facts(agenda))]},
        {"part": "reports", "title": words("reports_title"), "parts": [items_table(agenda.items)]},
    ]
    for part, lines in (("opening", opening), ("closing", closing)):
        if lines:
            found.append({"part": part, "title": words(f"{part}_title"), "parts": [{"kind": "list", "lines": lines}]})
    return found


def items_table(items: Sequence[AgendaItem]) -> dict[str, Any]:
    """One table with a header row; columns that no line fills are left out. The summons prints it too."""
    wanted: list[tuple[Column, Callable[[AgendaItem], str]]] = [
        (Column(label="N°"), lambda item: item.number),
        (Column(label="Objet", width="fill"), lambda item: item.title),
        (Column(label="Rapporteur", width="34"), lambda item: item.rapporteur),
        (Column(label="Commission", width="28"), lambda item: item.opinion),
        (Column(label="Vote", width="22"), lambda item: item.note),
    ]
    kept = [(column, of) for column, of in wanted if any(of(item) for item in items)] or wanted[:2]
    return blocks.table_part([column for column, _ in kept], [[of(item) for _, of in kept] for item in items])


def _facts(agenda: Agenda) -> blocks.Facts:
    dated = f", arrêté le {long_date(agenda.dated)}" if agenda.dated else ""
    return [("Lieu", agenda.place), ("Version", f"{agenda.version}{dated}")]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
