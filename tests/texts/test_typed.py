from __future__ import annotations

import pytest

from hemicycle.texts.typed import one_line, several_lines

HOSTILE = ["\x00", "\x01", "\x1b", "\x7f", "\x85", "\u200b", "\u202e", "\u2066", "\ufeff", "\ud800", "\uffff", "\ue000"]


@pytest.mark.parametrize("char", HOSTILE)
def test_what_no_one_can_see_is_left_out(char: str) -> None:
    assert one_line(f"Aide{char} au club", 50) == "Aide au club"
    assert several_lines(f"Aide{char} au club".replace("\x85", ""), 50) == "Aide au club"


def test_a_line_is_one_line() -> None:
    assert one_line("  Aide\r\nau\x0b club ", 50) == "Aide au club"


def test_lines_are_kept_where_there_may_be_several() -> None:
    assert several_lines(" Un motif.\r\n\r\nUn autre.\x0b ", 50) == "Un motif.\n\nUn autre."


def test_what_french_writes_stays() -> None:
    text = "12 000 € : « Œuvre d’été » – n° 3, 45 %"

    assert one_line(text, 80) == several_lines(text, 80) == text


def test_too_long_a_text_is_cut() -> None:
    assert one_line("a" * 90, 80) == several_lines("a" * 90, 80) == "a" * 80
