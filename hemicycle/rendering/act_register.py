"""The register of a year: every number, in order, without gap, those cancelled struck with their reason.

No article gives the départements a register (R2121-9 is of the communes): its leaves are numbered and their initials
have their place as a rule of the house (law.md, L30).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Letterhead
from hemicycle.rendering.compile import render
from hemicycle.rendering.model import ORIGIN, Model, modelled
from hemicycle.rendering.model_papers import REGISTER
from hemicycle.rendering.typography import long_date, plural, short_date


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """One number of the register."""

    number: str  # « CP-2026-0123 »
    on: date  # day of the act
    title: str
    after: str = ""  # « signé le 27/11/2026, reçu en préfecture le 27/11/2026 »
    cancelled: str = ""  # the reason, when the number was cancelled
    cancelled_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ActRegister:
    """A register as it stands on the day it is printed."""

    letterhead: Letterhead
    name: str  # « Délibérations de la commission permanente »
    year: int
    entries: tuple[RegisterEntry, ...]
    open: bool = False  # the year goes on: more lines may come
    #: What the words of the model may say besides: {ville}, {adresse}.
    more: Mapping[str, str] = field(default_factory=dict)


def render_act_register(register: ActRegister, *, at: datetime, model: Model = ORIGIN) -> bytes:
    """The register as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    name = f"Registre de l’année {register.year}"
    data = {
        "document": blocks.document(
            title=f"{register.name} – {name}",
            author=register.letterhead.departement,
            number=register.name,
            short_title=name,
        ),
        "letterhead": blocks.letterhead(register.letterhead),
        "name": name,
        "state": _state(register, at),
        "entries": [_entry(entry) for entry in register.entries],
        "closing": _closing(register, at),
    }
    fields = {
        **blocks.head_fields(register.letterhead),
        "registre": register.name,
        "annee": str(register.year),
        **register.more,
    }
    return render("act_register.typ", modelled(REGISTER, model, data, fields), at=at, pictures=model.pictures())


def _state(register: ActRegister, at: datetime) -> str:
    day = long_date(at)
    return f"Registre en cours, tel qu’il est au {day}" if register.open else f"Registre clos, imprimé le {day}"


def _entry(entry: RegisterEntry) -> dict[str, Any]:
    struck = f" le {short_date(entry.cancelled_on)}" if entry.cancelled_on else ""
    return {
        "number": entry.number,
        "on": short_date(entry.on),
        "title": entry.title,
        "after": entry.after or "–",
        "cancelled": f"Numéro annulé{struck} : {entry.cancelled}" if entry.cancelled else "",
    }


def _closing(register: ActRegister, at: datetime) -> list[str]:
    """What the register holds, in words that can be checked against its lines."""
    entries = register.entries
    struck = sum(1 for entry in entries if entry.cancelled)
    if not entries:
        return [f"Aucun acte n’est inscrit à ce registre au {long_date(at)}."]
    lines = f"{plural(len(entries), 'numéro')}, de {entries[0].number} à {entries[-1].number}, sans interruption"
    said = f", dont {plural(struck, 'annulé')}" if struck else ""
    verb = "Arrêté provisoirement" if register.open else "Arrêté"
    return [f"{verb} à {lines}{said}, au {long_date(at)}."]
