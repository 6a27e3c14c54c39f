"""The tree as HTML, and what an editor or a paste sends back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.texts.html import from_html, to_html
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import clean, plain_text
from tests.texts.trees import BREAK, bullets, cell, doc, docs, h, item, link, note, numbers, p, quote, table, text


def test_headings_go_under_those_of_the_page_and_text_is_escaped() -> None:
    source = doc(h(1, "A < B & C"), h(4, "d"), p("e", BREAK, text("<script>", "bold")))

    assert to_html(source) == "<h2>A &lt; B &amp; C</h2><h5>d</h5><p>e<br><strong>&lt;script&gt;</strong></p>"
    assert to_html(doc(h(4, "d")), heading_shift=4) == "<h6>d</h6>"


def test_a_table_says_what_its_headers_are_headers_of() -> None:
    source = doc(
        table(
            [cell("Opération", header=True), cell("Montants", header=True, colspan=2)],
            [cell("Pont", header=True), cell("1", align="right"), cell("2")],
            caption="Dépenses & recettes",
        )
    )

    assert to_html(source) == (
        "<table><caption>Dépenses &amp; recettes</caption>"
        '<thead><tr><th scope="col">Opération</th><th scope="colgroup" colspan="2">Montants</th></tr></thead>'
        '<tbody><tr><th scope="row">Pont</th><td class="align-right">1</td><td>2</td></tr></tbody></table>'
    )


def test_a_table_in_a_header_keeps_its_own_cells() -> None:
    source = doc(table([cell(table([cell("a")]), header=True)]))

    assert from_html(to_html(source)) == source


@pytest.mark.parametrize("words", ["]", "[1]", "Loi du 6 janvier 1978 [article 8]"])
def test_a_note_keeps_the_brackets_of_its_own(words: str) -> None:
    source = doc(p("voir", note(words)))

    assert from_html(to_html(source)) == source
    assert from_html(f'<p>voir<span class="note">{words}</span></p>') == source


def test_a_link_cannot_leave_its_attribute() -> None:
    source = doc(p(link("x", 'https://exemple.test/?a="onclick=1&b')))

    assert 'href="https://exemple.test/?a=&quot;onclick=1&amp;b" rel=' in to_html(source)


@given(docs)
def test_what_is_shown_is_read_back_equal(source: dict[str, Any]) -> None:
    assert from_html(to_html(source, heading_shift=0)) == source


@given(st.text(st.sampled_from('<>/=" abpiultrdh1&;\n'), max_size=60))
def test_whatever_html_arrives_the_result_is_a_legal_text(sent: str) -> None:
    read = from_html(sent)

    assert clean(read) == read


def test_what_the_editor_sends_is_read() -> None:
    sent = (
        "<p>Le <b>pont</b><br>et</p><ol start='3'><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>"
        '<table style="min-width: 50px"><colgroup><col style="min-width: 25px"></colgroup><tbody><tr>'
        '<th colspan="2" rowspan="1"><p>T</p></th></tr><tr><td><p style="text-align: right">1</p></td><td></td>'
        "</tr></tbody></table><blockquote><p>q</p></blockquote>"
    )

    assert from_html(sent) == doc(
        p("Le ", text("pont", "bold"), BREAK, "et"),
        numbers(item("a", bullets("b")), start=3),
        table([cell("T", header=True, colspan=2)], [cell("1", align="right"), ""]),
        quote("q"),
    )


def test_what_word_pastes_is_read_as_paragraphs_lists_and_emphasis() -> None:
    def listed(level: int, bullet: str, words: str) -> str:
        return (
            f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><![if !supportLists]>"
            f"<span style='mso-list:Ignore'>{bullet}<span>&nbsp;&nbsp; </span></span><![endif]>{words}</p>"
        )

    sent = (
        "<html><head><style>p{color:red}</style></head><body><!--StartFragment--><o:p></o:p>"
        "<p class=MsoNormal><span style='font-weight:bold'>Gras</span> suite<o:p>&nbsp;</o:p></p>"
        + listed(1, "·", "un")
        + listed(2, "o", "un un")
        + listed(1, "·", "deux")
        + listed(1, "1.", "premier")
        + "<h1><b>Titre</b></h1><!--EndFragment--></body></html>"
    )

    read = from_html(sent)

    assert read["content"][0] == doc(p(text("Gras", "bold"), " suite"))["content"][0]
    assert read["content"][1]["content"][0] == doc(bullets(item("un", bullets("un un"))))["content"][0]["content"][0]
    assert read["content"][-1] == doc(h(1, "Titre"))["content"][0]
    assert plain_text(read).splitlines() == ["Gras suite", "un", "un un", "deux", "premier", "Titre"]


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("texte seul", doc("texte seul")),
        ("a<div>b<div>c</div></div>d", doc("a", "b", "c", "d")),
        ("<script>alert(1)</script><p onclick=x>a</p>", doc("a")),
        ('<p><a href="javascript:x">a</a> <a href="#n">b</a></p>', doc("a b")),
        ("<p>a\n   b</p>", doc("a b")),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", doc(bullets(item("a", bullets("b"))))),
        ("<p>&nbsp;</p><p></p>", doc()),
        ("<img src=x onerror=y>", doc()),
        ("<b><p>a</p></b>", doc("a")),
        ('<ol start="-4"><li>a</li></ol>', doc(numbers("a"))),
        ("<table><tr><td colspan=0 rowspan=99999>a</td></tr></table>", doc(table(["a"]))),
        ("", doc()),
        *((f"a{sign}b", doc("ab")) for sign in ("\x01", "\x0c", "\ud800", "\uffff", "&#1;", "&#xFFFE;")),
    ],
)
def test_untidy_html_is_understood(sent: str, meant: dict[str, Any]) -> None:
    assert from_html(sent) == meant


def test_html_without_end_is_refused() -> None:
    for sent in ("<div>" * 3_000 + "a", "<b>" * 3_000 + "a", "<ul><li>" * 60 + "a", "a" * 5_000_001):
        with pytest.raises(TextRefused):
            from_html(sent)
