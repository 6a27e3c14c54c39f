"""What Word, LibreOffice and Excel put on a clipboard, as texts of ours."""

from __future__ import annotations

import time

import pytest

from hemicycle.texts.paste import from_clipboard
from hemicycle.texts.refusal import TextRefused
from tests.texts.trees import bullets, cell, doc, item, note, numbers, p, table, text


def _word(body: str) -> str:
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{mso-x:y}</style>'
        "<!--[if gte mso 9]><xml><o:Settings>x</o:Settings></xml><![endif]--></head>"
        f"<body lang=FR><!--StartFragment-->{body}<!--EndFragment--></body></html>"
    )


def _listed(level: int, sign: str, words: str) -> str:
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='mso-list:l1 level{level} lfo2'><![if !supportLists]><span "
        f"style='mso-list:Ignore'>{sign}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>{words}"
        "<o:p></o:p></p>"
    )


def test_a_table_of_word_keeps_its_header_row_and_merged_cells() -> None:
    pasted = from_clipboard(
        _word(
            "<table class=MsoTableGrid border=1 style='border-collapse:collapse'><thead><tr style='mso-yfti-irow:0'>"
            "<td width=302 colspan=2 style='border:solid'><p class=MsoNormal align=center style='text-align:center'>"
            "<b>Dépense<o:p></o:p></b></p></td></tr></thead><tr><td rowspan=2>"
            "<p class=MsoNormal>Pont<o:p></o:p></p></td>"
            "<td><p class=MsoNormal align=right style='text-align:right'><span style='font-size:9pt'>1<o:p></o:p>"
            "</span></p></td></tr><tr><td><p class=MsoNormal style='text-align:right'>2</p></td></tr></table>"
        )
    )

    dear = cell(p(text("Dépense", "bold")), header=True, colspan=2, align="center")
    one, two = cell("1", align="right"), cell("2", align="right")
    assert pasted.doc == doc(table([dear], [cell("Pont", rowspan=2), one], [two]))
    assert pasted.notes == ()


def test_lists_that_word_fakes_are_lists_again() -> None:
    pasted = from_clipboard(
        _word(_listed(1, "·", "un") + _listed(2, "o", "un un") + _listed(1, "·", "deux") + "<p>texte</p>")
    )

    assert pasted.doc == doc(bullets(item("un", bullets("un un")), "deux"), "texte")


def test_numbers_that_word_fakes_keep_their_start() -> None:
    assert from_clipboard(_word(_listed(1, "3.", "c") + _listed(1, "4.", "d"))).doc == doc(numbers("c", "d", start=3))


@pytest.mark.parametrize(
    "body",
    [
        '<p>Le pont<a style=\'mso-footnote-id:ftn1\' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>'
        "<span style='mso-special-character:footnote'>[1]</span></span></a> ferme.</p><div style='mso-element:footnote-"
        'list\'><hr><div style=\'mso-element:footnote\' id=ftn1><p><a href="#_ftnref1" name="_ftn1">'
        "[1]</a> Arrêté du 3 mai.</p></div></div>",
        '<p>Le pont<sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">1</a></sup> ferme.</p>'
        '<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" '
        'href="#sdfootnote1anc">1</a> Arrêté du 3 mai.</p></div>',
    ],
    ids=["word", "libreoffice"],
)
def test_a_footnote_is_brought_to_its_call(body: str) -> None:
    assert from_clipboard(_word(body)).doc == doc(p("Le pont", note("Arrêté du 3 mai."), " ferme."))


def test_a_bold_first_row_of_excel_heads_its_columns_and_is_told() -> None:
    pasted = from_clipboard(
        "<table border=0><col width=80><tr height=20><td class=xl65><b>Canton</b></td>"
        "<td class=xl65><b>Aide</b></td></tr>"
        "<tr><td class=xl66>Ambrelle</td><td align=right x:num>1200</td></tr></table>"
    )

    assert pasted.doc == doc(table(["Ambrelle", cell("1200", align="right")], header=["Canton", "Aide"]))
    assert pasted.notes == ("La première ligne d’un tableau, en gras, est devenue sa ligne d’en-tête.",)


def test_tracked_changes_are_settled_and_images_left_out_in_words() -> None:
    pasted = from_clipboard(
        _word(
            "<p>Le <del cite='mailto:x'>vieux </del><ins cite='mailto:x'>beau </ins>pont <img src='file:///a.png'></p>"
        )
    )

    assert pasted.doc == doc("Le beau pont")
    assert pasted.notes == (
        "Le texte supprimé sous suivi des modifications n’a pas été collé.",
        "Une image n’a pas été collée ; insérez-la depuis son fichier.",
    )


def test_five_megabytes_are_read_in_seconds_and_more_is_refused() -> None:
    style = "font-size:11.0pt;line-height:107%;mso-fareast-language:EN-US;font-family:Calibri"
    line = f"<p class=MsoNormal><span lang=FR style='{style}'>Le <b>département</b> vote<o:p></o:p></span></p>\n"
    begun = time.perf_counter()

    pasted = from_clipboard(line * (4_800_000 // len(line)))

    assert len(pasted.doc["content"]) > 25_000
    # Far above what it takes; what would be quadratic takes hours.
    assert time.perf_counter() - begun < 60
    with pytest.raises(TextRefused, match="dépasse 5 Mo"):
        from_clipboard(line * 60_000)


@pytest.mark.parametrize("sign", ["<!--[if x]>", "<del>", "<!--StartFragment-->", "<ins>", "<img "])
def test_what_is_opened_without_end_is_read_at_once(sign: str) -> None:
    begun = time.perf_counter()

    with_words = from_clipboard("<p>texte</p>" + sign * 100)

    assert with_words is not None
    try:
        from_clipboard(sign * (4_000_000 // len(sign)))
    except TextRefused as refusal:
        assert str(refusal).endswith(".")
    assert time.perf_counter() - begun < 60
