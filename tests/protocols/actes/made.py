"""Acts, documents and people made for these tests; nothing here is real."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pikepdf

from hemicycle.protocols.actes import (
    Acte,
    Contact,
    Emitter,
    Nature,
    Piece,
    Transmission,
    build_transmission,
    default_classification,
)

EMITTER = Emitter(siren="229999990", departement="099", arrondissement="1", nature="22")
CONTACT = Contact(name="Service des assemblées", telephone="0100000000", email="actes@departement.test")
DECIDED = date(2026, 12, 17)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def a_pdf(text: str = "Délibération") -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Title"] = text
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def a_piece(**changes: Any) -> Piece:
    piece = Piece(name="CP-2026-101.pdf", type_code="99_DE", data=a_pdf(), media_type="application/pdf")
    return replace(piece, **changes)


def an_acte(**changes: Any) -> Acte:
    acte = Acte(
        number="CP2026_101",
        nature=Nature.DELIBERATION,
        decided_on=DECIDED,
        matiere=(7, 5),
        subject="Subvention au comité départemental de sport adapté",
        document=a_piece(),
        annexes=(a_piece(name="convention.pdf", type_code="21_RP", data=a_pdf("Convention")),),
        classification_date=default_classification().dated,
    )
    return replace(acte, **changes)


def a_transmission(acte: Acte | None = None, **changes: Any) -> Transmission:
    settings: dict[str, Any] = {
        "emitter": EMITTER,
        "contact": CONTACT,
        "return_addresses": ["retour@tdt.test"],
        "serial": 1,
        "on": date(2026, 12, 18),
        "trigramme": "SIM",
        "quadrigramme": "TACT",
    }
    return build_transmission(acte or an_acte(), **(settings | changes))
