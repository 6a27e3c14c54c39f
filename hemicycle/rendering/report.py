"""Rapport du Président: what enlightens the vote (CGCT, L3121-19; documents.md, 4.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import AnnexLine, Letterhead, Signature
from hemicycle.rendering.compile import render
from hemicycle.rendering.model import ORIGIN, Model, modelled, signed, with_logo
from hemicycle.rendering.model_acts import REPORT
from hemicycle.rendering.pictures import Pictures
from hemicycle.rendering.text_tree import Tree
from hemicycle.rendering.text_tree import blocks as text_blocks
from hemicycle.rendering.typography import euros, long_date


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report of the president on one matter."""

    letterhead: Letterhead
    number: str
    body: str  # « commission permanente », « conseil départemental »
    sitting: date | None  # None while no sitting is aimed at
    title: str
    text: Tree
    kind: str = "Rapport du Président"  # or « de la Présidente »: the title follows the person
    rapporteur: str = ""
    subject_code: str = ""  # « 7.5 – Subventions »
    amount: Decimal | None = None
    summary: str = ""  # « En bref », 80 words at most
    more_facts: tuple[tuple[str, str], ...] = ()  # commission, canton, programme…
    signature: Signature | None = None
    annexes: tuple[AnnexLine, ...] = ()
    pictures: Pictures = field(default_factory=dict)


def render_report(report: Report, *, at: datetime, model: Model = ORIGIN) -> bytes:
    """The report as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    name = f"Rapport n° {report.number}"
    facts = [
        ("Rapporteur", report.rapporteur),
        ("Matière", report.subject_code),
        ("Montant", euros(report.amount) if report.amount is not None else "Sans incidence financière"),
        ("Direction", report.letterhead.direction),
        ("Service", report.letterhead.service),
        *report.more_facts,
    ]
    data = {
        "document": blocks.document(
            title=f"{name} – {report.title}",
            author=report.letterhead.departement,
            number=name,
            short_title=report.title,
            subject=report.title,
        ),
        "letterhead": blocks.letterhead(report.letterhead),
        "name": name,
        "sitting": f"Réunion du {long_date(report.sitting)}" if report.sitting else "",
        "subject": report.title,
        "note": "",
        "summary": report.summary,
        "facts": blocks.filled(facts),
        "body": text_blocks(report.text, below=1, pictures=report.pictures),
        "annexes": blocks.annexes(report.annexes),
    }
    fields = {
        **blocks.head_fields(report.letterhead),
        **blocks.act_fields(report.number, report.title, report.sitting),
        **blocks.body_fields(report.body),
        "titre": report.kind,
    }
    made = modelled(REPORT, model, data, fields)
    made["signature"] = signed(blocks.signature(report.signature), made["words"]) if report.signature else None
    return render("report.typ", made, at=at, pictures=with_logo(report.pictures, model))
