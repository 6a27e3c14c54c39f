from __future__ import annotations

from typing import Any

from hemicycle.web.act_text import act_html, act_passages
from tests.factories import a_text


def heading(level: int) -> dict[str, Any]:
    return {"type": "heading", "attrs": {"level": level}, "content": [{"type": "text", "text": f"T{level}"}]}


def test_headings_follow_the_pages_own_and_skip_no_level() -> None:
    doc = {"type": "doc", "content": [heading(2), heading(4), heading(2), heading(1), heading(3)]}

    html = act_html(doc, under=2)

    assert html == "<h3>T2</h3><h4>T4</h4><h3>T2</h3><h3>T1</h3><h4>T3</h4>"


def test_a_table_scrolls_in_a_region_of_its_own() -> None:
    row = {"type": "tableRow", "content": [{"type": "tableCell", "content": a_text("a")["content"]}]}
    doc = {"type": "doc", "content": [{"type": "table", "content": [row]}, *a_text("b")["content"]]}

    html = act_html(doc)

    assert html.startswith('<div class="table-scroll" tabindex="0" role="region" aria-label="Tableau 1"><table>')
    assert "</table></div><p>b</p>" in html


def test_the_text_is_never_markup() -> None:
    assert "&lt;table&gt;" in act_html(a_text("<table>"))


def test_nothing_written_shows_nothing() -> None:
    assert act_html({}) == act_html(None) == ""


def test_a_text_is_given_block_by_block_with_its_tables_numbered_through() -> None:
    table = {
        "type": "table",
        "attrs": {"caption": ""},
        "content": [{"type": "tableRow", "content": [{"type": "tableCell", "content": [{"type": "paragraph"}]}]}],
    }
    word = {"type": "paragraph", "content": [{"type": "text", "text": "Mot."}]}

    blocks = act_passages({"type": "doc", "content": [word, table, word, table]})

    assert [("Tableau 1" in b, "Tableau 2" in b) for b in blocks] == [
        (False, False),
        (True, False),
        (False, False),
        (False, True),
    ]
    assert act_passages({}) == []
