"""Images and footnotes of the texts in the printed documents: described, archivable, never off the page."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from hemicycle.rendering.annex import render_annex
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.deliberation import render_deliberation
from hemicycle.rendering.draft_deliberation import render_draft_deliberation
from hemicycle.rendering.pictures import Picture
from hemicycle.rendering.report import render_report
from tests.rendering import samples
from tests.rendering.reading import faults, pages, words
from tests.rendering.trees import doc, heading, items, paragraph
from tests.texts.drawn import png

WIDE, TALL = png(40, 20), png(4, 400)
AT: datetime = samples.AT


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _image(data: bytes, alt: str, width: int = 100) -> dict[str, Any]:
    return {"type": "image", "attrs": {"sha256": _sha256(data), "alt": alt, "width": width}}


def _note(said: str) -> dict[str, Any]:
    return {"type": "footnote", "content": [{"type": "text", "text": said}]}


PICTURES = {_sha256(data): Picture(data=data, media_type="image/png") for data in (WIDE, TALL)}
CELL = {
    "type": "tableCell",
    "attrs": {},
    "content": [paragraph("Pont", _note("Montant révisable.")), _image(WIDE, "Pont")],
}
TEXT = doc(
    heading(1, "Le carrefour"),
    paragraph("Le trafic", _note("Comptage de 2026."), " augmente."),
    _image(WIDE, "Plan du carrefour", 40),
    items("bulletList", [paragraph("variante"), _image(WIDE, "Variante")]),
    {"type": "table", "attrs": {"caption": "Coûts"}, "content": [{"type": "tableRow", "content": [CELL]}]},
    _image(TALL, "Coupe en hauteur"),
    paragraph("Fin."),
)


def _documents() -> dict[str, bytes]:
    return {
        "report": render_report(replace(samples.report(), text=TEXT, pictures=PICTURES), at=AT),
        "draft": render_draft_deliberation(replace(samples.draft(), text=TEXT, pictures=PICTURES), at=AT),
        "act": render_deliberation(replace(samples.deliberation(), text=TEXT, pictures=PICTURES), at=AT),
        "annex": render_annex(replace(samples.annex(), text=TEXT, pictures=PICTURES), at=AT),
    }


def _alternatives(pdf: bytes, folder: Path) -> list[str]:
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    with pikepdf.open(path) as opened:
        return [str(o.Alt) for o in opened.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]


def test_documents_with_images_and_notes_are_archivable_and_described(shared: Path, tmp_path: Path) -> None:
    made = _documents()

    assert faults(shared, tmp_path, made) == []
    for pdf in made.values():
        assert sorted(_alternatives(pdf, tmp_path)) == ["Coupe en hauteur", "Plan du carrefour", "Pont", "Variante"]
        assert "Comptage de 2026." in words(pdf)
        assert "Montant révisable." in words(pdf)


def test_an_image_taller_than_the_page_stays_on_it() -> None:
    text = doc(paragraph("Avant."), _image(TALL, "Coupe"), paragraph("Après."))

    pdf = render_annex(replace(samples.annex(), text=text, pictures=PICTURES), at=AT)

    assert len(pages(pdf)) == 2


def test_an_image_that_nobody_gave_is_refused_by_its_description() -> None:
    with pytest.raises(RenderingRefused, match="« Plan » n’a pas été retrouvée"):
        render_report(replace(samples.report(), text=doc(_image(WIDE, "Plan"))), at=AT)
