"""Reading office files: structure kept, tracked changes settled and told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hemicycle.texts.reading import Reading, read_document
from hemicycle.texts.tree import clean, inline_text, plain_text
from tests.texts.office import OTHER_CHANGE, docx, odt, w_del, w_ins, w_p, w_r
from tests.texts.trees import cell, doc, p, table, text


def _read(path: Path) -> Reading:
    return read_document(path.read_bytes(), path.name)


def _headings(reading: Reading) -> list[tuple[int, str]]:
    return [
        (block["attrs"]["level"], inline_text(block)) for block in reading.doc["content"] if block["type"] == "heading"
    ]


def _only(reading: Reading, kind: str) -> dict[str, Any]:
    (found,) = [block for block in reading.doc["content"] if block["type"] == kind]
    return found


def test_the_word_report_of_the_corpus_keeps_its_structure(shared: Path) -> None:
    reading = _read(shared / "corpus/affaires/13-01-sport-adapte/rapport.docx")

    assert _headings(reading) == [
        (1, "Rapport à la commission permanente du conseil départemental"),
        (2, "Incidence financière"),
    ]
    rows = _only(reading, "table")["content"]
    assert [[c["type"] for c in row["content"]] for row in rows[:2]] == [["tableHeader"] * 4, ["tableCell"] * 4]
    assert [c["attrs"]["align"] for c in rows[1]["content"]] == ["left", "left", "right", "left"]
    assert rows[3]["content"][2]["content"] == doc(p(text("45 000,00 €", "bold")))["content"]
    assert reading.notes == ()


def test_the_opendocument_report_of_the_corpus_keeps_its_structure(shared: Path) -> None:
    reading = _read(shared / "corpus/affaires/07-02-voirie/rapport.odt")

    assert _headings(reading) == [
        (1, "Rapport au conseil départemental"),
        (2, "Exposé des motifs"),
        (2, "Incidence financière"),
    ]
    numbered = _only(reading, "orderedList")["content"]
    assert [block["type"] for block in numbered[1]["content"]] == ["paragraph", "orderedList"]
    assert [inline_text(item["content"][0]) for item in numbered[1]["content"][1]["content"]] == [
        "relevé géométrique,",
        "diagnostic des matériaux,",
        "projet ;",
    ]
    rows = _only(reading, "table")["content"]
    assert [len(row["content"]) for row in rows] == [6] * 6
    assert {c["type"] for c in rows[0]["content"]} == {"tableHeader"}
    assert _only(reading, "blockquote")


@pytest.mark.parametrize(
    "name",
    [
        "affaires/13-01-sport-adapte/deliberation.docx",
        "affaires/07-02-voirie/deliberation.odt",
        "affaires/13-01-sport-adapte/annexes/avenant.odt",
        "fichiers/document_ooxml.docx",
        "fichiers/document_libre_office.odt",
        "fichiers/arrete_articles.docx",
    ],
)
def test_every_office_file_of_the_corpus_is_read_into_a_clean_tree(shared: Path, name: str) -> None:
    reading = _read(shared / "corpus" / name)

    assert clean(reading.doc) == reading.doc
    assert len(plain_text(reading.doc)) > 500


def test_the_form_of_the_corpus_gives_its_nine_tables_and_three_notes(shared: Path) -> None:
    reading = _read(shared / "corpus/fichiers/document_ooxml.docx")

    assert sum(block["type"] == "table" for block in reading.doc["content"]) == 9
    assert plain_text(reading.doc).count("[note\u00a0: ") == 3
    assert reading.images == {}
    assert any("Image non reprise. Ce JPEG est en couleurs d’imprimerie (CMJN)" in note for note in reading.notes)


def test_tracked_changes_of_word_are_settled_and_told() -> None:
    gone = '<w:pPr><w:rPr><w:del w:id="3" w:author="P. Durand" w:date="2026-11-01T10:00:00Z"/></w:rPr></w:pPr>'
    body = w_p(w_r("Le "), w_ins("beau "), w_del("vieux ", OTHER_CHANGE), w_r("pont"))
    body += w_p(gone, w_r("Première phrase.")) + w_p(w_r("Seconde phrase."))

    reading = read_document(docx(body), "rapport.docx")

    assert reading.doc == doc("Le beau pont", "Première phrase. Seconde phrase.")
    assert reading.notes == (
        "Suivi des modifications : 1 insertion acceptée et 1 suppression appliquée (N. Martin, P. Durand).",
        "Insertion de N. Martin acceptée : « beau ».",
        "Suppression de P. Durand appliquée : « vieux ».",
    )


def test_a_table_row_deleted_under_tracking_leaves_no_empty_row() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{w_p(c)}</w:tc>" for c in cells) + "</w:tr>"

    grid = "<w:tblPr/><w:tblGrid><w:gridCol w:w='99'/><w:gridCol w:w='99'/></w:tblGrid>"
    body = f"<w:tbl>{grid}{row(w_r('a'), w_r('b'))}{row(w_del('c'), w_del('d'))}{row('', '')}</w:tbl>"

    reading = read_document(docx(body), "tableau.docx")

    assert reading.doc == doc(table(["a", "b"], ["", ""]))


def test_tracked_changes_of_opendocument_are_settled_and_told() -> None:
    info = "<office:change-info><dc:creator>N. Martin</dc:creator></office:change-info>"
    body = (
        f'<text:tracked-changes><text:changed-region text:id="a"><text:insertion>{info}</text:insertion>'
        f'</text:changed-region><text:changed-region text:id="b"><text:deletion>{info}<text:p>vieux </text:p>'
        "</text:deletion></text:changed-region></text:tracked-changes><text:p>Le <text:change-start "
        'text:change-id="a"/>beau <text:span>grand</text:span> <text:change-end text:change-id="a"/>'
        '<text:change text:change-id="b"/>pont</text:p>'
    )

    reading = read_document(odt(body), "rapport.odt")

    assert reading.doc == doc("Le beau grand pont")
    assert "Insertion de N. Martin acceptée : « beau grand »." in reading.notes
    assert "Suppression de N. Martin appliquée : « vieux »." in reading.notes


def test_merged_cells_and_header_rows_are_kept() -> None:
    body = (
        "<table:table><table:table-column/><table:table-column/><table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>Titre</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-rows-spanned="2"><text:p>a</text:p></table:table-cell><table:table-cell>'
        "<text:p>b</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/>"
        "<table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
    )

    reading = read_document(odt(body), "tableau.odt")

    assert reading.doc == doc(
        table([cell("Titre", header=True, colspan=2)], [cell("a", rowspan=2), "b"], ["c"]),
    )


def test_a_title_in_words_title_style_is_not_lost() -> None:
    styles = (
        '<?xml version="1.0"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>'
    )
    body = w_p('<w:pPr><w:pStyle w:val="Title"/></w:pPr>', w_r("Rapport")) + w_p(w_r("Corps du texte"))
    relation = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="styles.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>'
    )

    reading = read_document(
        docx(body, {"word/styles.xml": styles, "word/_rels/document.xml.rels": relation}), "titre.docx"
    )

    assert _headings(reading) == [(1, "Rapport")]
    assert plain_text(reading.doc) == "Rapport\nCorps du texte"


def test_emphasis_breaks_and_empty_paragraphs_are_read_as_the_tree_says() -> None:
    body = w_p(w_r(" ")) + w_p(w_r("gras ", "<w:b/>"), w_r("et "), w_r("x", '<w:vertAlign w:val="superscript"/>'))
    body += w_p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:br/></w:r>") + w_p()

    reading = read_document(docx(body), "texte.docx")

    assert reading.doc == doc(
        p(text("gras", "bold"), " et ", text("x", "superscript")), p("a", {"type": "hardBreak"}, "b")
    )
