"""Délibération, extract of the register: the act itself (CGCT, L3121-13 to L3121-17; documents.md, 4.2, 5 and 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hemicycle.rendering import blocks
from hemicycle.rendering.act_text import act_blocks
from hemicycle.rendering.blocks import AnnexLine, Letterhead, Signature
from hemicycle.rendering.compile import render
from hemicycle.rendering.model import ORIGIN, Model, lines_of, modelled, signed, with_logo
from hemicycle.rendering.model_acts import DELIBERATION
from hemicycle.rendering.pictures import Pictures
from hemicycle.rendering.text_tree import Tree
from hemicycle.rendering.typography import long_date, plural


@dataclass(frozen=True, kw_only=True)
class Proxy:
    """A vote delegated for this item (CGCT, L3121-16)."""

    giver: str  # « Mme Aline BRÉVAL »
    holder: str


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Who was there at the vote of that item, not at the opening; each list in alphabetical order of NAME."""

    presided_by: str
    secretary: str
    in_office: int
    quorum: str  # « 22 membres présents requis, 30 présents : quorum atteint »
    present: tuple[str, ...]
    proxies: tuple[Proxy, ...] = ()
    excused: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    convened_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class VoteResult:
    """The result in the wordings of documents.md, 5, composed by the caller."""

    sentence: str  # « Adopté à la majorité des suffrages exprimés. »
    figures: str = ""  # « Pour : 33. Contre : 1. Abstentions : 2. »
    against: tuple[str, ...] = ()  # names, or groups and names
    abstentions: tuple[str, ...] = ()
    not_taking_part: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Deliberation:
    """An adopted act, complete before its signature."""

    letterhead: Letterhead
    number: str
    body: str  # « commission permanente », « conseil départemental »
    sitting: date
    title: str
    presence: Presence
    text: Tree  # opening, recitals, whereas, DÉCIDE, articles; see act_text.act_text for separate fields
    vote: VoteResult
    signature: Signature
    #: Those of whoever signs first: the secretary of the sitting.
    signatures_before: tuple[Signature, ...] = ()
    rapporteur: str = ""
    report_number: str = ""
    subject_code: str = ""
    amended: bool = False
    appeal: tuple[str, ...] = ()  # paragraphs already written (CJA, R421-5); empty: those of the model
    #: What the words of the model may say besides: {tribunal}, {delai}, {au_president}, {ville}, {adresse}.
    more: Mapping[str, str] = field(default_factory=dict)
    annexes: tuple[AnnexLine, ...] = ()
    pictures: Pictures = field(default_factory=dict)


def render_deliberation(act: Deliberation, *, at: datetime, model: Model = ORIGIN) -> bytes:
    """The act as PDF/A-2a and PDF/UA-1, ready to be signed. Raises RenderingRefused."""
    name = f"Délibération n° {act.number}"
    facts = [
        ("Rapporteur", act.rapporteur),
        ("Rapport", f"n° {act.report_number}" if act.report_number else ""),
        ("Matière", act.subject_code),
    ]
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
        "name": name,
        "subject": act.title,
        "note": "(texte amendé en séance)" if act.amended else "",
        "facts": blocks.filled(facts),
        "presence": _presence(act.presence),
        "body": act_blocks(act.text, act.pictures),
        "vote": _vote(act.vote),
        "appeal": list(act.appeal) or (lines_of(DELIBERATION, model, "appeal", fields) if act.more else []),
        "annexes": blocks.annexes(act.annexes),
    }
    made = modelled(DELIBERATION, model, data, fields)
    made["signatures"] = [
        signed(blocks.signature(one), made["words"]) for one in (*act.signatures_before, act.signature)
    ]
    return render("deliberation.typ", made, at=at, pictures=with_logo(act.pictures, model))


def _fields(act: Deliberation) -> dict[str, str]:
    return {
        **blocks.head_fields(act.letterhead),
        **blocks.act_fields(act.number, act.title, act.sitting, subject=act.subject_code, report=act.report_number),
        **blocks.body_fields(act.body),
        "rapporteur": act.rapporteur,
        **act.more,
    }


def _presence(at_vote: Presence) -> dict[str, Any]:
    absent = len(at_vote.excused) + len(at_vote.absent)
    headcount = ", ".join(
        (
            plural(at_vote.in_office, "membre en exercice", "membres en exercice"),
            plural(len(at_vote.present), "présent"),
            plural(len(at_vote.proxies), "représenté"),
            plural(absent, "absent ou excusé", "absents ou excusés"),
        )
    )
    lines = [
        ("Date de la convocation", long_date(at_vote.convened_on) if at_vote.convened_on else ""),
        ("Présidence", at_vote.presided_by),
        ("Secrétaire de séance", at_vote.secretary),
        ("Effectif", headcount),
        ("Quorum", at_vote.quorum),
    ]
    return {
        "lines": blocks.filled(lines),
        "present": list(at_vote.present),
        "proxies": [f"{proxy.giver} a donné pouvoir à {proxy.holder}" for proxy in at_vote.proxies],
        "excused": list(at_vote.excused),
        "absent": list(at_vote.absent),
    }


def _vote(result: VoteResult) -> dict[str, Any]:
    names = (
        ("Contre", result.against),
        ("Abstentions", result.abstentions),
        ("N’ont pas pris part au vote", result.not_taking_part),
    )
    return {
        "sentence": result.sentence,
        "figures": result.figures,
        "names": [[label, list(people)] for label, people in names if people],
    }
