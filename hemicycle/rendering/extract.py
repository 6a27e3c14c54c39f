"""Extrait du registre, certifié conforme: one act as its register holds it, for whoever asks for a paper copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hemicycle.rendering import blocks
from hemicycle.rendering.act_text import act_blocks
from hemicycle.rendering.blocks import Facts, Letterhead, Signature
from hemicycle.rendering.compile import render
from hemicycle.rendering.model import ORIGIN, Model, filled, lines_of, modelled, text_of, with_logo
from hemicycle.rendering.model_papers import EXTRACT
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
    #: What the words of the model may say besides: {adresse}.
    more: Mapping[str, str] = field(default_factory=dict)


def render_extract(extract: Extract, *, at: datetime, model: Model = ORIGIN) -> bytes:
    """The extract as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    day, fields = long_date(extract.decided_on), _fields(extract)
    data = {
        "document": blocks.document(
            title=f"Extrait certifié conforme – {extract.name} – {extract.title}",
            author=extract.letterhead.departement,
            number=f"Extrait, {extract.name}",
            short_title=extract.title,
            subject=extract.title,
        ),
        "letterhead": blocks.letterhead(extract.letterhead),
        "name": extract.name,
        "sitting": f"Séance du {day}" if extract.in_sitting else f"Acte du {day}",
        "subject": extract.title,
        "sections": [
            {
                "part": "facts",
                "title": "",
                "parts": [blocks.facts_part([("Signataire", extract.signed_by), *extract.facts])],
            },
            {
                "part": "body",
                "title": "",
                "parts": [{"kind": "tree", "blocks": act_blocks(extract.text, extract.pictures)}],
            },
            *_vote(extract, " ".join(lines_of(EXTRACT, model, "vote_title", fields))),
            _certificate(extract, model, fields, at),
        ],
    }
    made = modelled(EXTRACT, model, data, fields)
    return render("sheet.typ", blocks.sheet_words(made), at=at, pictures=with_logo(extract.pictures, model))


def _fields(extract: Extract) -> dict[str, str]:
    return {
        **blocks.head_fields(extract.letterhead),
        **blocks.act_fields(extract.name, extract.title, extract.decided_on),
        "registre": extract.register,
        "ville": extract.place,
        **extract.more,
    }


def _vote(extract: Extract, title: str) -> list[dict[str, object]]:
    return [{"part": "vote", "title": title, "parts": [blocks.text_part(*extract.vote)]}] if extract.vote else []


def _certificate(extract: Extract, model: Model, fields: Mapping[str, str], at: datetime) -> dict[str, object]:
    first_name, last_name = extract.certified_by
    by_hand = Signature(
        capacity=filled(text_of(EXTRACT, model, "certifier"), fields),
        first_name=first_name,
        last_name=last_name,
        place=extract.place,
        on=at.date(),
        mention="",
    )
    words = blocks.text_part(*lines_of(EXTRACT, model, "certificate", fields))
    return {"part": "certificate", "title": "", "parts": [words, {"kind": "signature", **blocks.signature(by_hand)}]}
