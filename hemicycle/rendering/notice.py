"""Letter that sends an act to a partner: a notification, or a transmission for information (documents.md, 4.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Letterhead, Signature
from hemicycle.rendering.compile import render
from hemicycle.rendering.model import ORIGIN, Model, modelled, signed
from hemicycle.rendering.model_papers import NOTICE
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
    attachments: tuple[str, ...] = ()
    received_on: date | None = None  # at the préfecture
    published_on: date | None = None
    contact: str = ""
    issued_at: str = ""
    #: What the words of the model may say besides: {ville}, {adresse}.
    more: Mapping[str, str] = field(default_factory=dict)


def render_notice(notice: Notice, *, at: datetime, model: Model = ORIGIN) -> bytes:
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
    fields = {
        **blocks.head_fields(notice.letterhead),
        **blocks.act_fields(notice.act_number, notice.act_title, notice.decided_on),
        **notice.more,
    }
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
        "text": [blocks.text_part(*notice.paragraphs)],
        "attachments": list(notice.attachments),
        "appeal": list(notice.appeal),
    }
    made = modelled(NOTICE, model, data, fields)
    made["signature"] = signed(blocks.signature(notice.signature), made["words"])
    return render("letter.typ", made, at=at, pictures=model.pictures())


def _article(body: str) -> str:
    return f"la {body}" if body.lower().startswith("commission") else f"le {body}"
