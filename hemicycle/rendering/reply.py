"""A letter to the préfecture, in answer to one of its own; and several documents made one, where one alone is taken."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pikepdf

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Letterhead, Signature
from hemicycle.rendering.compile import RenderingRefused, render
from hemicycle.rendering.model import ORIGIN, Model, modelled, signed
from hemicycle.rendering.model_papers import NOTICE
from hemicycle.rendering.typography import long_date


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The letter, complete before its signature by hand."""

    letterhead: Letterhead
    recipient: tuple[str, ...]
    #: « Réponse à une lettre d’observations »
    title: str
    act_number: str
    act_title: str
    #: Identifier of the act at the préfecture.
    unique_id: str
    letter_dated: date
    sent_on: date
    paragraphs: tuple[str, ...]
    signature: Signature
    attachments: tuple[str, ...] = ()
    issued_at: str = ""


def render_reply(reply: Reply, *, at: datetime, model: Model = ORIGIN) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1, in the words and the blocks of the letters. Raises RenderingRefused."""
    facts = [
        ("Votre courrier", f"du {long_date(reply.letter_dated)}"),
        ("Acte", f"n° {reply.act_number}, {reply.act_title}"),
        ("Identifiant", reply.unique_id),
    ]
    data = {
        "document": blocks.document(
            title=f"{reply.title} – {reply.act_number}",
            author=reply.letterhead.departement,
            number=reply.act_number,
            short_title=reply.title,
            subject=reply.act_title,
        ),
        "letterhead": blocks.letterhead(reply.letterhead),
        "recipient": list(reply.recipient),
        "place_and_date": blocks.place_and_date(reply.issued_at, reply.sent_on),
        "name": reply.title,
        "facts": blocks.filled(facts),
        "text": [blocks.text_part(*reply.paragraphs)],
        "attachments": list(reply.attachments),
    }
    fields = {
        **blocks.head_fields(reply.letterhead),
        **blocks.act_fields(reply.act_number, reply.act_title, reply.sent_on),
    }
    made = modelled(NOTICE, model, data, fields)
    made["signature"] = signed(blocks.signature(reply.signature), made["words"])
    return render("letter.typ", made, at=at, pictures=model.pictures())


def gather(documents: Sequence[bytes]) -> bytes:
    """The pages of several PDF in one, in order. Raises RenderingRefused for what cannot be opened."""
    try:
        with pikepdf.new() as whole:
            for document in documents:
                with pikepdf.open(io.BytesIO(document)) as part:
                    whole.pages.extend(part.pages)
            written = io.BytesIO()
            whole.save(written, deterministic_id=True)
    except (pikepdf.PdfError, ValueError) as error:
        raise RenderingRefused("Les documents de la réponse ne peuvent pas être réunis en un seul PDF.") from error
    return written.getvalue()
