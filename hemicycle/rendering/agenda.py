"""Ordre du jour: what may be voted, in order (documents.md, 4.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Column, Letterhead
from hemicycle.rendering.compile import render
from hemicycle.rendering.typography import hour, long_date


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
    opening: tuple[str, ...] = ()  # appel, secrétaire, quorum, approbation du procès-verbal…
    closing: tuple[str, ...] = ()  # motions, vœux, questions orales


def render_agenda(agenda: Agenda, *, at: datetime) -> bytes:
    """The agenda as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    day = long_date(agenda.sitting)
    sections: list[dict[str, Any]] = [{"title": "", "parts": [blocks.facts_part(_facts(agenda))]}]
    if agenda.opening:
        sections.append({"title": "Ouverture", "parts": [{"kind": "list", "lines": list(agenda.opening)}]})
    sections.append({"title": "Rapports", "parts": [items_table(agenda.items)]})
    if agenda.closing:
        sections.append({"title": "Fin de séance", "parts": [{"kind": "list", "lines": list(agenda.closing)}]})
    data = {
        "document": blocks.document(
            title=f"Ordre du jour {blocks.of_body(agenda.body)}, séance du {day}",
            author=agenda.letterhead.departement,
            number="Ordre du jour",
            short_title=f"{agenda.body}, séance du {day}",
        ),
        "letterhead": blocks.letterhead(agenda.letterhead),
        "kind": _capital(agenda.body),
        "name": "Ordre du jour",
        "sitting": f"Séance du {long_date(agenda.sitting, weekday=True)} à {hour(agenda.sitting)}",
        "subject": "",
        "sections": sections,
    }
    return render("sheet.typ", data, at=at)


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
