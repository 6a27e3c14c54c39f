"""Arrêté or decision of the president: the act itself, taken without a vote (documents.md, 4.13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hemicycle.rendering import blocks
from hemicycle.rendering.act_text import act_blocks
from hemicycle.rendering.blocks import AnnexLine, Letterhead, Signature
from hemicycle.rendering.compile import render
from hemicycle.rendering.model import ORIGIN, Model, lines_of, modelled, signed, with_logo
from hemicycle.rendering.model_acts import ARRETE, DECISION
from hemicycle.rendering.pictures import Pictures
from hemicycle.rendering.text_tree import Block, Tree


@dataclass(frozen=True, kw_only=True)
class OwnAct:
    """An act of the president, complete before its signature."""

    letterhead: Letterhead
    kind: str  # « arrêté », « décision »
    nature: str  # « Arrêté réglementaire »
    operative: str  # « arrête », « décide »
    number: str
    taken_on: date
    title: str
    author: str  # « La Présidente du conseil départemental »
    text: Tree  # recitals, whereas, articles
    signature: Signature
    signatures_before: tuple[Signature, ...] = ()
    report_number: str = ""
    subject_code: str = ""
    appeal: tuple[str, ...] = ()  # already written; empty: those of the model
    #: What the words of the model may say besides: {tribunal}, {delai}, {au_president}, {ville}, {adresse}.
    more: Mapping[str, str] = field(default_factory=dict)
    annexes: tuple[AnnexLine, ...] = ()
    pictures: Pictures = field(default_factory=dict)


def render_own_act(act: OwnAct, *, at: datetime, model: Model = ORIGIN) -> bytes:
    """The act as PDF/A-2a and PDF/UA-1, ready to be signed. Raises RenderingRefused."""
    name = f"{act.kind.capitalize()} n° {act.number}"
    facts = [
        ("Dossier", f"n° {act.report_number}" if act.report_number else ""),
        ("Matière", act.subject_code),
    ]
    kind = DECISION if act.kind == "décision" else ARRETE
    fields = _fields(act)
    data = {
        "document": blocks.document(
            title=f"{name} – {act.title}",
            author=act.letterhead.departement,
            number=act.number,
            short_title=act.title,
            subject=act.title,
            keywords=[act.number],
        ),
        "letterhead": blocks.letterhead(act.letterhead),
        "kind": act.nature,
        "name": name,
        "subject": act.title,
        "facts": blocks.filled(facts),
        "body": with_operative_word(act_blocks(act.text, act.pictures), act.operative),
        "appeal": list(act.appeal) or (lines_of(kind, model, "appeal", fields) if act.more else []),
        "annexes": blocks.annexes(act.annexes),
    }
    made = modelled(kind, model, data, fields)
    made["signatures"] = [
        signed(blocks.signature(one), made["words"]) for one in (*act.signatures_before, act.signature)
    ]
    return render("own_act.typ", made, at=at, pictures=with_logo(act.pictures, model))


def _fields(act: OwnAct) -> dict[str, str]:
    return {
        **blocks.head_fields(act.letterhead),
        **blocks.act_fields(act.number, act.title, act.taken_on, subject=act.subject_code, report=act.report_number),
        "auteur": act.author,
        **act.more,
    }


def with_operative_word(body: list[Block], operative: str) -> list[Block]:
    """The blocks with « ARRÊTE » or « DÉCIDE » before the first article, when the author did not write it."""
    if any(block.get("role") == "decides" for block in body):
        return body
    word: Block = {"kind": "paragraph", "role": "decides", "inline": [{"text": operative.upper(), "marks": []}]}
    first = next((place for place, block in enumerate(body) if block.get("role") == "article"), len(body))
    return [*body[:first], word, *body[first:]]
