"""Letter that sends an act to a partner: a notification, or a transmission for information (documents.md, 4.11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Letterhead, Signature
from hemicycle.rendering.compile import render
from hemicycle.rendering.typography import long_date, short_date


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The letter. With `appeal` it notifies (CJA, R421-5); without, it informs."""

    letterhead: Letterhead
    recipient: tuple[str, ...]  # name and address, line by line
    act_number: str
    act_title: str
    body: str
    decided_on: date
    sent_on: date
    signature: Signature
    paragraphs: tuple[str, ...]  # what was decided, in plain words; amount, conditions, next step
    kind: str = "de la délibération"  # « de l’arrêté », « de la décision »
    in_sitting: bool = True
    appeal: tuple[str, ...] = ()
    greeting: str = "Madame, Monsieur,"
    attachments: tuple[str, ...] = ()
    received_on: date | None = None  # at the préfecture
    published_on: date | None = None
    contact: str = ""
    issued_at: str = ""
    closing: str = "Je vous prie d’agréer, Madame, Monsieur, l’expression de ma considération distinguée."


def render_notice(notice: Notice, *, at: datetime) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    kind = "Notification" if notice.appeal else "Transmission"
    name = f"{kind} {notice.kind} n° {notice.act_number}"
    moment = f"séance du {long_date(notice.decided_on)}" if notice.in_sitting else f"le {long_date(notice.decided_on)}"
    facts = [
        ("Objet de l’acte", notice.act_title),
        ("Adopté par" if notice.in_sitting else "Pris par", f"{_article(notice.body)}, {moment}"),
        ("Reçu en préfecture le", short_date(notice.received_on) if notice.received_on else ""),
        ("Publié le", short_date(notice.published_on) if notice.published_on else ""),
        ("Contact", notice.contact),
    ]
    appeal = {"kind": "small", "title": "Voies et délais de recours", "lines": list(notice.appeal)}
    data = {
        "document": blocks.document(
            title=f"{name} – {notice.act_title}",
            author=notice.letterhead.departement,
            number=notice.act_number,
            short_title=f"{kind} – {notice.act_title}",
            subject=notice.act_title,
        ),
        "letterhead": blocks.letterhead(notice.letterhead),
        "recipient": list(notice.recipient),
        "place_and_date": blocks.place_and_date(notice.issued_at, notice.sent_on),
        "name": name,
        "facts": blocks.filled(facts),
        "greeting": notice.greeting,
        "parts": [blocks.text_part(*notice.paragraphs)],
        "closing": notice.closing,
        "signature": blocks.signature(notice.signature),
        "attachments": list(notice.attachments),
        "after": [appeal] if notice.appeal else [],
    }
    return render("letter.typ", data, at=at)


def _article(body: str) -> str:
    return f"la {body}" if body.lower().startswith("commission") else f"le {body}"
