"""The facts that several documents share, and how they are handed to `blocks.typ`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hemicycle.rendering.typography import hour, long_date, plural, shortened

Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who speaks: text, never only a logo (documents.md, B1)."""

    departement: str  # « Département de l’Ormelle »
    direction: str = ""
    service: str = ""
    address: tuple[str, ...] = ()  # further lines: postal address, telephone, site


@dataclass(frozen=True, kw_only=True)
class Signature:
    """First name, name and capacity of the author in readable letters (CRPA, L212-1)."""

    capacity: str  # « Le Président du conseil départemental », agreed with the person
    first_name: str
    last_name: str
    place: str = ""
    on: date | None = None
    by_delegation: str = ""  # « Pour le Président et par délégation »
    mention: str = "Signé électroniquement"  # empty on what is signed by hand


@dataclass(frozen=True, kw_only=True)
class AnnexLine:
    """One line of the list of annexes."""

    number: int
    title: str
    pages: int | None = None
    status: str = "annexée à la délibération"  # or « jointe pour information »


def document(
    *, title: str, author: str, number: str, short_title: str, subject: str = "", keywords: Sequence[str] = ()
) -> dict[str, Any]:
    """The file's own metadata and its footer (B4): number – short title – page n/N."""
    return {
        "title": title,
        "author": author,
        "subject": subject,
        "keywords": list(keywords),
        "number": number,
        "short_title": shortened(short_title, 72),
    }


def letterhead(head: Letterhead, *, overline: str = "") -> dict[str, Any]:
    """`overline` is « République française » on an act."""
    return {
        "overline": overline,
        "departement": head.departement,
        "direction": head.direction,
        "service": head.service,
        "address": list(head.address),
    }


def head_fields(head: Letterhead) -> dict[str, str]:
    """What the words of a model may say of the letterhead."""
    return {"departement": head.departement, "direction": head.direction, "service": head.service}


def act_fields(number: str, title: str, on: date | None, *, subject: str = "", report: str = "") -> dict[str, str]:
    """What the words of a model may say of an act."""
    said = {"numero": number, "objet": shortened(title, 72), "date": long_date(on) if on else ""}
    return {**said, "matiere": subject, "rapport": report}


def body_fields(body: str) -> dict[str, str]:
    """What the words of a model may say of the assembly."""
    return {"assemblee": body, "de_l_assemblee": of_body(body), "a_l_assemblee": to_body(body)}


def meeting_fields(meeting: datetime, place: str) -> dict[str, str]:
    """What the words of a model may say of a sitting."""
    day = {"jour": long_date(meeting, weekday=True), "date": long_date(meeting)}
    return {**day, "heure": hour(meeting), "lieu": place}


def signature(by: Signature) -> dict[str, Any]:
    """The signature block (B6)."""
    return {
        "place_and_date": place_and_date(by.place, by.on, prefix="Fait à "),
        "by_delegation": by.by_delegation,
        "capacity": by.capacity,
        "first_name": by.first_name,
        "last_name": by.last_name,
        "mention": by.mention,
    }


def place_and_date(place: str, on: date | None, *, prefix: str = "") -> str:
    """« Fait à Ambrelle, le 9 juillet 2026 »; what is missing is left out, never blank."""
    if not place:
        return f"Le {long_date(on)}" if on else ""
    return f"{prefix}{place}, le {long_date(on)}" if on else f"{prefix}{place}"


def annexes(lines: Sequence[AnnexLine]) -> list[str]:
    """« Annexe 1 – Title (4 pages), annexée à la délibération »."""
    return [
        f"Annexe {line.number} – {line.title}"
        + (f" ({plural(line.pages, 'page')})" if line.pages else "")
        + (f", {line.status}" if line.status else "")
        for line in lines
    ]


def of_body(body: str) -> str:
    """« de la commission permanente », « du conseil départemental »."""
    return f"de la {body}" if body.lower().startswith("commission") else f"du {body}"


def to_body(body: str) -> str:
    """« à la commission permanente », « au conseil départemental »."""
    return f"à la {body}" if body.lower().startswith("commission") else f"au {body}"


def filled(facts: Facts) -> list[list[str]]:
    """The facts that have a value: a label alone is never printed."""
    return [[label, value] for label, value in facts if value]


def sheet_words(made: dict[str, Any]) -> dict[str, Any]:
    """A sheet of facts takes its eyebrow and its day from the words of its model, where it has any."""
    words = made["words"]
    return {"kind": words.get("eyebrow", ""), "sitting": words.get("sitting", ""), **made}


def facts_part(facts: Facts) -> dict[str, Any]:
    """A box of labels and values."""
    return {"kind": "facts", "pairs": filled(facts)}


def text_part(*lines: str) -> dict[str, Any]:
    """Plain paragraphs."""
    return {"kind": "text", "lines": list(lines)}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table of the application's own."""

    label: str
    width: str = "auto"  # « auto », « fill » or millimetres
    align: str = "left"
    code: bool = False  # digests and identifiers: fixed width


def table_part(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], *, caption: str = "", tight: bool = False
) -> dict[str, Any]:
    """A table with a header row; empty cells are said « – ». `tight` sets a long one closer."""
    return {
        "kind": "table",
        "caption": caption,
        "tight": tight,
        "columns": [{"label": c.label, "width": c.width, "align": c.align, "code": c.code} for c in columns],
        "rows": [[cell or "–" for cell in row] for row in rows],
    }
