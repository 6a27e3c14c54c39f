"""The text tree: everything in it is printed, or it is refused."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.rendering.act_text import act_blocks, act_text
from hemicycle.rendering.annex import Annex, render_annex
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.text_tree import blocks
from tests.rendering.reading import words
from tests.rendering.samples import AT, HEAD
from tests.rendering.trees import act_tree, cell, doc, heading, items, merged_table, paragraph, table


def test_headings_never_skip_a_level() -> None:
    tree = doc(heading(3, "a"), heading(4, "b"), heading(1, "c"), heading(4, "d"))

    assert [block["level"] for block in blocks(tree, below=1)] == [2, 3, 2, 3]


def test_a_column_of_numbers_stands_to_the_right_with_its_heading() -> None:
    tree = doc(table(["Nom", "Montant"], [["A", "1 200 €"], ["B", "–"], ["C", "3,5 M€"]]))

    cells = blocks(tree, below=1)[0]["cells"]

    assert [c["align"] for c in cells if c["x"] == 1] == ["right"] * 4
    assert {c["align"] for c in cells if c["x"] == 0} == {None}


def test_merged_cells_stand_where_the_screen_shows_them() -> None:
    grid = blocks(doc(merged_table()), below=1)[0]

    places = {c["blocks"][0]["inline"][0]["text"]: (c["x"], c["y"]) for c in grid["cells"]}
    assert grid["columns"] == 3
    assert grid["header_rows"] == 2
    assert places["2026"] == (1, 1)
    assert places["ajustement"] == (1, 3)


def test_a_span_that_leaves_the_table_is_brought_back() -> None:
    row = {"type": "tableRow", "content": [cell("a", rowspan=99), cell("b", colspan=3)]}

    grid = blocks(doc({"type": "table", "content": [row]}), below=1)[0]

    assert [(c["colspan"], c["rowspan"]) for c in grid["cells"]] == [(1, 1), (3, 1)]


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        ({"type": "paragraph"}, "forme attendue"),
        (doc({"type": "video"}), "ne connaît pas"),
        (doc({"type": "image", "attrs": {"sha256": "0" * 64, "alt": "Plan"}}), "« Plan » n’a pas été retrouvée"),
        (doc(paragraph({"type": "text", "text": "x", "marks": [{"type": "blink"}]})), "blink"),
        (doc(items("bulletList")) | {"content": [{"type": "bulletList", "content": [paragraph("x")]}]}, "paragraph"),
        (doc(table(["x"] * 30, [])), "colonnes"),
    ],
)
def test_what_cannot_be_printed_is_refused(tree: dict[str, Any], reason: str) -> None:
    with pytest.raises(RenderingRefused, match=reason):
        blocks(tree, below=1)


def test_a_hostile_depth_is_refused() -> None:
    inner: Any = paragraph("x")
    for _ in range(40):
        inner = {"type": "blockquote", "content": [inner]}

    with pytest.raises(RenderingRefused, match="niveaux"):
        blocks(doc(inner), below=1)


def test_an_address_that_runs_code_loses_its_link_and_keeps_its_words() -> None:
    mark = {"type": "link", "attrs": {"href": "javascript:alert(1)"}}

    piece = blocks(doc(paragraph({"type": "text", "text": "ici", "marks": [mark]})), below=1)[0]["inline"][0]

    assert piece == {"text": "ici", "marks": []}


def test_every_word_of_a_table_of_twelve_columns_is_on_the_page() -> None:
    rows = [[f"{n}{m} 234 000,50 €" for n in range(12)] for m in range(3)]
    text = doc(table([f"Colonne {n}" for n in range(12)], rows))

    printed = words(render_annex(Annex(letterhead=HEAD, number=1, title="Essai", text=text), at=AT))

    assert all(value in printed for row in rows for value in row)


def test_the_parts_of_an_act_are_recognised_and_its_words_kept() -> None:
    found = act_blocks(act_tree())

    assert [block.get("role", "") for block in found] == [
        "",
        *["recital"] * 5,
        "whereas",
        "hinge",
        "decides",
        *["article"] * 4,
    ]


def test_an_act_held_as_fields_has_the_same_parts() -> None:
    tree = act_text(
        opening="Le conseil départemental,",
        recitals=["Vu le code,"],
        whereas=["Considérant le besoin,"],
        articles=[("Article 1", "D'approuver.")],
    )

    roles = [block.get("role", "") for block in act_blocks(tree)]

    assert roles == ["", "recital", "whereas", "hinge", "decides", "article"]
