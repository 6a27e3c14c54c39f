"""Characters that no font of ours has are known before anything is typeset."""

from __future__ import annotations

import re

import pytest

from hemicycle.rendering import coverage
from tests.rendering.trees import doc, heading, paragraph


def test_an_ordinary_text_lacks_nothing_and_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "render", lambda *_, **__: pytest.fail("the typesetter was asked"))

    text = doc(heading(1, "L’œuvre"), paragraph("« 45 000 € », 12 %, n° 3 – l'été… H₂O"[:28]))

    assert coverage.missing_characters(text) == ()


def test_what_is_taken_for_granted_is_really_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    sure = "".join(chr(point) for point in range(0x20, 0x3000) if coverage._SURE.fullmatch(chr(point)))
    monkeypatch.setattr(coverage, "_SURE", re.compile(r"(?!)"))

    assert len(sure) > 300
    assert coverage.missing_in(sure) == ()


def test_emoji_and_ideograms_are_named_in_one_sentence() -> None:
    missing = coverage.missing_characters(doc(paragraph("Bravo 🙂, 漢 et Ж")))

    assert missing == ("🙂", "漢")
    assert coverage.told(missing[:1], "Le rapport") == (
        "Le rapport contient un caractère qui ne peut pas être imprimé : «\u00a0🙂\u00a0» "
        "(U+1F642 SLIGHTLY SMILING FACE). Remplacez-le ou supprimez-le."
    )
