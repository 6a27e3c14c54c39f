"""Feuille de présence of a sitting: evidence, archived, not published (documents.md, 4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Column, Letterhead, Signature
from hemicycle.rendering.compile import render
from hemicycle.rendering.typography import hour, long_date


@dataclass(frozen=True, kw_only=True)
class AttendanceLine:
    """One member; lines come in alphabetical order of NAME."""

    member: str  # « Mme Aline BRÉVAL »
    state: str  # « présente », « représentée », « excusée », « absente »
    canton: str = ""
    group: str = ""
    arrived: datetime | None = None
    left: datetime | None = None
    represented_by: str = ""


@dataclass(frozen=True, kw_only=True)
class AttendanceSheet:
    """The call of a sitting, hour by hour."""

    letterhead: Letterhead
    body: str
    sitting: datetime  # read in its own time zone
    place: str
    presided_by: str
    secretary: str
    lines: tuple[AttendanceLine, ...]
    totals: tuple[tuple[str, str], ...] = ()  # (« Présents », « 30 »), (« Quorum », « 22, atteint »)
    signature: Signature | None = None


def render_attendance(sheet: AttendanceSheet, *, at: datetime) -> bytes:
    """The sheet as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    day = long_date(sheet.sitting)
    facts = [
        ("Lieu", sheet.place),
        ("Présidence", sheet.presided_by),
        ("Secrétaire de séance", sheet.secretary),
        *sheet.totals,
    ]
    columns = [
        Column(label="N°", align="right"),
        Column(label="Membre", width="fill"),
        Column(label="Canton", width="30"),
        Column(label="État", width="18"),
        Column(label="Arrivée", width="14"),
        Column(label="Départ", width="14"),
        Column(label="Pouvoir à", width="33"),
    ]
    parts = [blocks.facts_part(facts), blocks.table_part(columns, _rows(sheet.lines), tight=True)]
    if sheet.signature:
        parts.append({"kind": "signature", **blocks.signature(sheet.signature)})
    data = {
        "document": blocks.document(
            title=f"Feuille de présence {blocks.of_body(sheet.body)}, séance du {day}",
            author=sheet.letterhead.departement,
            number="Feuille de présence",
            short_title=f"{sheet.body}, séance du {day}",
        ),
        "letterhead": blocks.letterhead(sheet.letterhead),
        "kind": f"Séance {blocks.of_body(sheet.body)}",
        "name": "Feuille de présence",
        "sitting": f"{long_date(sheet.sitting, weekday=True).capitalize()} à {hour(sheet.sitting)}",
        "subject": "",
        "sections": [{"title": "", "parts": parts}],
    }
    return render("sheet.typ", data, at=at)


def _rows(lines: tuple[AttendanceLine, ...]) -> list[list[str]]:
    return [
        [
            str(rank),
            line.member + (f" ({line.group})" if line.group else ""),
            line.canton,
            line.state,
            hour(line.arrived) if line.arrived else "",
            hour(line.left) if line.left else "",
            line.represented_by,
        ]
        for rank, line in enumerate(lines, 1)
    ]
