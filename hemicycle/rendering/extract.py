"""Extrait du registre, certifié conforme: one act as its register holds it, for whoever asks for a paper copy."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from hemicycle.rendering import blocks
from hemicycle.rendering.act_text import act_blocks
from hemicycle.rendering.blocks import Facts, Letterhead, Signature
from hemicycle.rendering.compile import render
from hemicycle.rendering.pictures import Pictures
from hemicycle.rendering.text_tree import Tree
from hemicycle.rendering.typography import long_date


@dataclass(frozen=True, kw_only=True)
class Extract:
    """A signed act, and who certifies that this is what the register says."""

    letterhead: Letterhead
    register: str  # « registre des délibérations de la commission permanente »
    name: str  # « Délibération n° CP-2026-0123 »
    decided_on: date
    in_sitting: bool
    title: str
    text: Tree
    vote: tuple[str, ...]  # the result in the sentences proclaimed
    signed_by: str
    facts: Facts
    place: str
    certified_by: tuple[str, str]  # first name, NAME
    pictures: Pictures = field(default_factory=dict)


def render_extract(extract: Extract, *, at: datetime) -> bytes:
    """The extract as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    day = long_date(extract.decided_on)
    data = {
        "document": blocks.document(
            title=f"Extrait certifié conforme – {extract.name} – {extract.title}",
            author=extract.letterhead.departement,
            number=f"Extrait, {extract.name}",
            short_title=extract.title,
            subject=extract.title,
        ),
        "letterhead": blocks.letterhead(extract.letterhead, overline="République française"),
        "kind": f"Extrait du {extract.register}",
        "name": extract.name,
        "sitting": f"Séance du {day}" if extract.in_sitting else f"Acte du {day}",
        "subject": extract.title,
        "sections": [
            {"title": "", "parts": [blocks.facts_part([("Signataire", extract.signed_by), *extract.facts])]},
            {"title": "", "parts": [{"kind": "tree", "blocks": act_blocks(extract.text, extract.pictures)}]},
            *([{"title": "Résultat du vote", "parts": [blocks.text_part(*extract.vote)]}] if extract.vote else []),
            _certificate(extract, at),
        ],
    }
    return render("sheet.typ", data, at=at, pictures=extract.pictures)


def _certificate(extract: Extract, at: datetime) -> dict[str, object]:
    first_name, last_name = extract.certified_by
    by_hand = Signature(
        capacity="Pour le service des assemblées,",
        first_name=first_name,
        last_name=last_name,
        place=extract.place,
        on=at.date(),
        mention="",
    )
    words = f"Pour extrait certifié conforme au {extract.register}."
    return {"title": "", "parts": [blocks.text_part(words), {"kind": "signature", **blocks.signature(by_hand)}]}
