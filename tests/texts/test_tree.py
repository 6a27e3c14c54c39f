"""The text tree: what is legal, what is refused, and one canonical form for equal texts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from hemicycle.texts.tree import TextRefused, clean, digest, is_empty, plain_text, words
from tests.texts.trees import (
    BREAK,
    bullets,
    cell,
    doc,
    h,
    item,
    link,
    numbers,
    p,
    quote,
    raw,
    raw_docs,
    table,
    text,
)


@given(raw_docs)
def test_cleaning_twice_changes_nothing(source: dict[str, Any]) -> None:
    once = clean(source)

    assert clean(once) == once


def test_equal_runs_are_merged_and_empty_ones_dropped() -> None:
    cleaned = doc(p(text("Arti", "bold"), text("", "italic"), text("cle 1", "bold"), text(" – suite")))

    assert cleaned["content"][0]["content"] == [
        {"type": "text", "text": "Article 1", "marks": [{"type": "bold"}]},
        {"type": "text", "text": " – suite"},
    ]


def test_invisible_characters_disappear_and_no_break_spaces_stay() -> None:
    source = raw("\u202eVu\u200b le\u0007 code\u00ad, 45\u202f000\u00a0€ et e\u0301te\u0301 \ue000")

    assert plain_text(clean(source)) == "Vu le code, 45\u202f000\u00a0€ et été"


def test_a_space_between_a_bold_word_and_a_plain_one_is_plain_wherever_it_was_typed() -> None:
    inside = doc(p(text("gras ", "bold"), text("suite")))
    outside = doc(p(text("gras", "bold"), text(" suite")))

    assert digest(inside) == digest(outside)


def test_the_space_between_two_words_of_one_link_is_of_the_link() -> None:
    address = "https://exemple.test/a"

    apart = doc(p(link("voir", address), " ", link("ici", address)))

    assert apart == doc(p(link("voir ici", address)))


def test_empty_blocks_and_edge_breaks_are_dropped() -> None:
    cleaned = doc(p(), h(2, "  "), bullets(item("")), quote(""), p(BREAK, "a ", BREAK, BREAK, " b", BREAK), p("\u00a0"))

    assert cleaned == doc(p("a", BREAK, "b"))


def test_two_bullet_lists_in_a_row_are_one() -> None:
    assert doc(bullets("a"), bullets("b")) == doc(bullets("a", "b"))
    assert doc(numbers("a"), numbers("b", start=2)) == doc(numbers("a", "b"))
    assert len(doc(numbers("a"), numbers("b"))["content"]) == 2


def test_a_ragged_table_becomes_a_rectangle() -> None:
    ragged = table([cell("a", colspan=3)], [cell("b", rowspan=9), "c"], [])

    rows = doc(ragged)["content"][0]["content"]

    assert [len(row["content"]) for row in rows] == [1, 3, 2]
    assert rows[1]["content"][0]["attrs"]["rowspan"] == 2


def test_words_and_text_keep_the_order_of_reading() -> None:
    whole = doc(h(1, "Titre"), table(["a", "b c"], caption="Légende"), numbers(item("d", bullets("e"))))

    assert plain_text(whole) == "Titre\nLégende\na\nb c\nd\ne"
    assert words(whole) == ["Titre", "Légende", "a", "b", "c", "d", "e"]
    assert not is_empty(whole)
    assert is_empty(doc(p("  ")))


def test_what_an_editor_adds_for_presentation_is_dropped() -> None:
    decorated = {
        "type": "doc",
        "content": [{"type": "orderedList", "attrs": {"start": 1, "type": None}, "content": [item("a")]}],
    }

    assert clean(decorated) == doc(numbers("a"))


@pytest.mark.parametrize(
    "illegal",
    [
        None,
        [],
        {"type": "paragraph"},
        {"type": "doc", "content": "x"},
        {"type": "doc", "content": [3]},
        {"type": "doc", "content": [{"type": "script"}]},
        {"type": "doc", "content": [text("à la racine")]},
        raw(p({"type": "image"})),
        raw(p({"type": "text", "text": 3})),
        raw(p(text("x", "blink"))),
        raw(p({"type": "text", "text": "x", "marks": ["bold"]})),
        raw(p(link("x", "javascript:alert(1)"))),
        raw(p(link("x", "/relatif"))),
        raw(p(link("x", "https://a b.test/"))),
        raw(p(link("x", "http://[::1"))),
        raw(h(5, "trop bas")),
        raw({"type": "heading", "content": [text("sans niveau")]}),
        raw({"type": "heading", "attrs": [1], "content": []}),
        raw(numbers("x", start=-1)),
        raw({"type": "bulletList", "content": [p("hors élément")]}),
        raw(table([cell("x", align="justify")])),
        raw(table([cell("x", colspan=True)])),
        raw(table(["x"], caption="l" * 501)),
        raw(table(["x"] * 61)),
        raw({"type": "table", "content": [p("x")]}),
        raw({"type": "paragraph", "content": [], "onclick": "x"}),
    ],
)
def test_an_illegal_tree_is_refused_with_a_sentence(illegal: object) -> None:
    with pytest.raises(TextRefused) as refusal:
        clean(illegal)

    assert str(refusal.value).endswith(".")


def test_the_limits_hold() -> None:
    deep = p("fond")
    for _ in range(13):
        deep = quote(deep)

    for beyond in (raw(deep), raw("x" * 2_000_001), raw(table(*[["x"]] * 5_001)), raw(*["x"] * 200_001)):
        with pytest.raises(TextRefused):
            clean(beyond)


def test_growing_row_spans_cannot_exhaust_memory() -> None:
    staircase = table(*[[cell("x", rowspan=4_000, colspan=2)] for _ in range(4_000)])

    with pytest.raises(TextRefused, match="60 colonnes"):
        clean(raw(staircase))
