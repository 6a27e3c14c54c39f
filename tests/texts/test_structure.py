"""A draft deliberation read as structure, and written back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from hemicycle.texts.reading import read_document
from hemicycle.texts.structure import Article, Deliberation, part_of, read_deliberation, write_deliberation
from hemicycle.texts.tree import inline_text, plain_text, words
from tests.texts.trees import BREAK, bullets, doc, docs, h, numbers, p, text

#: What renumbering may change: « Article », its number, the dash that follows.
NUMBERING = re.compile(r"article.*|[0-9]+\S*|[ivx]+|[–-]", re.I)


def _said(nodes: tuple[dict[str, Any], ...]) -> str:
    return inline_text({"content": list(nodes)})


def _article_text(article: Article) -> str:
    return plain_text({"type": "doc", "content": list(article.content)})


def test_the_first_deliberation_of_the_corpus_is_read_whole(shared: Path) -> None:
    path = shared / "corpus/affaires/13-01-sport-adapte/deliberation.docx"

    found = read_deliberation(read_document(path.read_bytes(), path.name).doc)

    assert _said(found.opening) == "La commission permanente du conseil départemental,"
    assert [_said(recital)[:11] for recital in found.recitals] == [
        "Vu le code ",
        "Vu le code ",
        "Vu la délib",
        "Vu le budge",
    ]
    assert _said(found.report) == "Sur le rapport du président du conseil départemental,"
    assert len(found.whereas) == 1
    assert _said(found.hinge) == "Après en avoir délibéré,"
    assert found.verb == "DÉCIDE"
    assert [article.number for article in found.articles] == [1, 2, 3, 4]
    assert _article_text(found.articles[0]).startswith("D’attribuer une subvention")
    assert found.rest == ()
    assert found.problems == ()


def test_the_second_deliberation_of_the_corpus_is_read_and_written_back_unchanged(shared: Path) -> None:
    path = shared / "corpus/affaires/07-02-voirie/deliberation.odt"
    source = read_document(path.read_bytes(), path.name).doc

    found = read_deliberation(source)

    assert len(found.recitals) == 2
    assert len(found.articles) == 2
    assert found.problems == ()
    assert write_deliberation(found) == source


def test_the_long_arrete_of_the_corpus_gives_its_visas_and_articles(shared: Path) -> None:
    path = shared / "corpus/fichiers/arrete_articles.docx"

    found = read_deliberation(read_document(path.read_bytes(), path.name).doc)

    assert len(found.recitals) == 8
    assert [article.number for article in found.articles][:3] == [1, 2, 3]


@pytest.mark.parametrize(
    ("line", "number", "remainder"),
    [
        ("Article 1 – D’approuver", 1, "D’approuver"),
        ("ARTICLE 1er : D’approuver", 1, "D’approuver"),
        ("Article premier. - D’approuver", 1, "D’approuver"),
        ("Article unique — D’approuver", 1, "D’approuver"),
        ("article 12- D’approuver", 12, "D’approuver"),
        ("Article IV : D’approuver", 4, "D’approuver"),
        ("Article\u00a02\u202f: D’approuver", 2, "D’approuver"),
        ("Article 3 D’approuver", 3, "D’approuver"),
        ("Article 3", 3, ""),
        ("Article 22-1 : D’approuver", 22, "D’approuver"),
    ],
)
def test_an_article_is_recognised_however_it_is_numbered(line: str, number: int, remainder: str) -> None:
    (article,) = read_deliberation(doc("DÉCIDE", line)).articles

    assert article.number == number
    assert _article_text(article) == remainder


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("VU le code", "recital"),
        ("Vu\u00a0le code", "recital"),
        ("Vu le rapport du président", "recital"),
        ("Vue d’ensemble", "other"),
        ("SUR LE RAPPORT du président", "report"),
        ("Sur proposition du directeur", "report"),
        ("CONSIDERANT que", "whereas"),
        ("Apres en avoir delibere,", "hinge"),
        ("DECIDE :", "verb"),
        ("A décidé :", "verb"),
        ("arrête", "verb"),
        ("Décide de rien", "other"),
        ("Les articles 1 et 2", "other"),
    ],
)
def test_a_line_is_recognised_by_its_first_words(line: str, part: str) -> None:
    assert part_of(line) == part


def test_articles_numbered_by_the_word_processor_are_articles() -> None:
    found = read_deliberation(doc("Le conseil départemental,", "DÉCIDE :", numbers("D’approuver", "D’autoriser")))

    assert [(a.number, _article_text(a)) for a in found.articles] == [(1, "D’approuver"), (2, "D’autoriser")]


def test_an_article_keeps_its_lists_and_following_paragraphs() -> None:
    found = read_deliberation(
        doc("DÉCIDE", p(text("Article 1", "bold"), BREAK, "De fixer :"), bullets("a", "b"), "Fin.", "Article 2 - x")
    )

    assert [block["type"] for block in found.articles[0].content] == ["paragraph", "bulletList", "paragraph"]
    assert len(found.articles) == 2


def test_an_arrete_needs_no_hinge() -> None:
    found = read_deliberation(doc("Le président,", "Vu le code", "ARRETE", "Article 1 : x"))

    assert found.verb == "ARRÊTE"
    assert found.problems == ()


def test_what_is_missing_is_said() -> None:
    problems = read_deliberation(doc(h(1, "Délibération"), "Texte libre.")).problems

    assert "Aucun visa « Vu … » n’a été trouvé." in problems
    assert "La formule « Après en avoir délibéré, » n’a pas été trouvée." in problems
    assert "Le mot « DÉCIDE » n’a pas été trouvé seul sur sa ligne." in problems


def test_articles_are_numbered_afresh_when_written() -> None:
    source = doc("Le conseil,", "Vu x", "Après en avoir délibéré,", "DÉCIDE", "Article 2 – b", "Article 2 – c")

    found = read_deliberation(source)

    assert found.problems == ("Les articles ne se suivaient pas : ils ont été renumérotés à partir de 1.",)
    assert plain_text(write_deliberation(found)).splitlines()[-2:] == ["Article 1 – b", "Article 2 – c"]


def test_writing_an_empty_structure_gives_an_empty_document() -> None:
    assert write_deliberation(Deliberation()) == doc()


@given(docs)
def test_no_word_of_a_draft_is_lost_in_its_structure(source: dict[str, Any]) -> None:
    drafted = {**source, "content": [*doc("Vu le code", "DÉCIDE", "Article 1 – début")["content"], *source["content"]]}

    written = write_deliberation(read_deliberation(drafted))

    wanted = [word for word in words(drafted) if not NUMBERING.fullmatch(word)]
    assert [word for word in words(written) if not NUMBERING.fullmatch(word)] == wanted
