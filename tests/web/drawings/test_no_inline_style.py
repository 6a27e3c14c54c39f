"""The CSP refuses inline styles and scripts: no drawing, template or stylesheet may need one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import hemicycle.web
from hemicycle.web.drawings.hemicycle import Seat, hemicycle_html
from hemicycle.web.drawings.journey import Station, journey_html
from hemicycle.web.drawings.legal_calendar import Milestone, legal_calendar_html
from hemicycle.web.drawings.marks import MARKS, mark_svg
from hemicycle.web.drawings.votes_bar import Votes, votes_bar_html

WEB = Path(hemicycle.web.__file__).parent
INLINE = re.compile(r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)""", re.IGNORECASE)


def test_no_drawing_carries_an_inline_style_or_script() -> None:
    drawings = [
        journey_html([Station(label="Signé", state="done", detail="Par la présidente.", href="/a")]),
        hemicycle_html([Seat(name="A", group="G", state="proxy", vote="for", president=True)], ["G"]),
        votes_bar_html(Votes(in_favour=1, against=1)),
        legal_calendar_html([Milestone(on=date(2026, 12, 17), label="Séance", state="todo")]),
        *(mark_svg(name) for name in MARKS),
    ]

    assert [drawn for drawn in drawings if INLINE.search(drawn)] == []


@pytest.mark.parametrize("page", sorted((WEB / "templates").rglob("*.html")), ids=lambda page: page.name)
def test_no_template_carries_an_inline_style_or_script(page: Path) -> None:
    assert INLINE.findall(page.read_text()) == []


def test_every_colour_of_the_stylesheets_is_a_token() -> None:
    folder = WEB / "static" / "hemicycle"
    sheets = [sheet for sheet in folder.glob("*.css") if sheet.name not in ("tokens.css", "print.css")]

    literal = {sheet.name: re.findall(r":[^;{}]*#[0-9a-f]{3,8}\b", sheet.read_text()) for sheet in sheets}

    assert {name: found for name, found in literal.items() if found} == {}
