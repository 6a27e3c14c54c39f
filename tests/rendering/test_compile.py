"""The engine: what it promises of every document."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hemicycle.rendering import compile as engine
from hemicycle.rendering.annex import Annex, render_annex
from hemicycle.rendering.compile import RenderingRefused, render
from tests.rendering.gallery import gallery
from tests.rendering.reading import words
from tests.rendering.samples import AT, HEAD
from tests.rendering.trees import doc, paragraph


def annex_of(*paragraphs: str) -> bytes:
    text = doc(*(paragraph(words) for words in paragraphs))
    return render_annex(Annex(letterhead=HEAD, number=1, title="Essai", text=text), at=AT)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert annex_of("Un texte.") == annex_of("Un texte.")


@pytest.mark.parametrize("name", ["report", "deliberation", "agenda"])
def test_bytes_end_with_exactly_one_newline_after_the_end_of_file(name: str) -> None:
    pdf = gallery()[name]

    assert pdf.endswith(b"%%EOF\n")
    assert not pdf.endswith(b"\n\n")


def test_text_that_looks_like_source_is_printed_as_it_is() -> None:
    hostile = '#panic("x") $x^2$ *gras* _ital_ #read("/etc/passwd") @label \\ <b> = Titre'

    assert hostile in words(annex_of(hostile))


def test_a_character_that_no_font_holds_is_refused_by_name() -> None:
    with pytest.raises(RenderingRefused, match=r"U\+F0B7") as refusal:
        annex_of("Puce \uf0b7 de Word")

    assert "Remplacez-le" in str(refusal.value)


def test_a_control_character_is_refused() -> None:
    with pytest.raises(RenderingRefused, match=r"U\+0001"):
        annex_of("a\x01b")


def test_a_byte_order_mark_left_by_a_word_processor_is_dropped() -> None:
    assert "avantaprès" in words(annex_of("avant\ufeffaprès"))


def test_a_document_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "TIME_LIMIT", 0.001)

    with pytest.raises(RenderingRefused, match="n’a pas abouti"):
        annex_of("Un texte.")


def test_a_compiler_that_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setattr(engine, "TYPESETTER", dying)

    with pytest.raises(RenderingRefused, match="interrompue"):
        annex_of("Un texte.")


def test_a_moment_without_time_zone_is_a_programming_error() -> None:
    data: dict[str, Any] = {"document": {}}

    with pytest.raises(ValueError, match="aware"):
        render("annex.typ", data, at=datetime(2026, 7, 9))  # noqa: DTZ001


def test_the_document_bears_the_date_it_is_given() -> None:
    at = datetime(2031, 2, 3, 4, 5, tzinfo=UTC)
    annex = Annex(letterhead=HEAD, number=1, title="Essai", text=doc(paragraph("x")))

    assert b"2031-02-03" in render_annex(annex, at=at)
