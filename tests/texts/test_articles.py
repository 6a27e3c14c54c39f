"""Articles take the number of their place, and the act's own references follow; those to other texts never move."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from hemicycle.texts.articles import renumbered
from hemicycle.texts.tree import clean, inline_text, words
from tests.texts.trees import doc, docs, h, p, quote, text


def _act(*articles: str) -> dict[str, Any]:
    return doc("Le conseil départemental,", "Vu l’article 3 du code,", "DÉCIDE", *articles)


def _lines(source: dict[str, Any]) -> list[str]:
    return [inline_text(block) for block in renumbered(source).doc["content"][3:]]


def test_an_article_removed_brings_the_next_ones_up_with_their_references() -> None:
    source = _act("Article 1 – A.", "Article 3 – B, selon l’article 4.", "Article 4 – C, aux articles 1 et 3.")

    done = renumbered(source)

    assert _lines(source) == [
        "Article 1 – A.",
        "Article 2 – B, selon l’article 3.",
        "Article 3 – C, aux articles 1 et 2.",
    ]
    assert done.changes == (
        "L’article 3 devient l’article 2.",
        "L’article 4 devient l’article 3.",
        "Le renvoi « article 4 » devient « article 3 ».",
        "Le renvoi « articles 1 et 3 » devient « articles 1 et 2 ».",
    )


@pytest.mark.parametrize(
    "said",
    [
        "selon l’article 3 du code du sport",
        "selon l’article 3 de la loi n° 83-634",
        "l’article 3 de la convention est modifié",
        "selon l’article L. 3211-1",
        "notamment son article 3",
        "le code du sport, notamment l’article 3",
        "imputé au chapitre 65, article 3",
        "à l’article 3 et à l’article 4 du code du sport",
        "aux articles 3 et 4 du décret n° 2026-1",
        "l’article 3-1",
        "l’article 3 susvisé",
        "il est écrit : « à l’article 3 »",
    ],
)
def test_a_reference_to_another_text_stays_as_it_is(said: str) -> None:
    source = _act("Article 1 – A.", f"Article 3 – Vu ce qui précède, {said}.")

    assert _lines(source)[1] == f"Article 2 – Vu ce qui précède, {said}."


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("l’article 3 ci-dessus", "l’article 2 ci-dessus"),
        ("l'article 3 de la présente délibération", "l'article 2 de la présente délibération"),
        ("aux articles 1er à 3", "aux articles 1er à 2"),
        ("aux articles 3, 4 et 5", "aux articles 2, 3 et 5"),
        ("à l’article 3 et à l’article 4", "à l’article 2 et à l’article 3"),
        ("Articles 3 et 4", "Articles 2 et 3"),
    ],
)
def test_a_reference_of_the_act_to_itself_follows(said: str, meant: str) -> None:
    source = _act("Article 1er – A.", "Article 3 – B.", f"Article 4 – Selon {said}, C.")

    assert _lines(source)[2] == f"Article 3 – Selon {meant}, C."


def test_a_new_article_without_a_number_takes_that_of_its_place() -> None:
    source = doc(
        "DÉCIDE", p(text("Article", "bold"), " – A."), p(text("Article 1", "bold"), " – B, selon l’article 1.")
    )

    assert renumbered(source).doc == doc(
        "DÉCIDE", p(text("Article 1", "bold"), " – A."), p(text("Article 2", "bold"), " – B, selon l’article 2.")
    )


def test_of_two_articles_of_the_same_number_the_text_saved_before_tells_which_was_meant() -> None:
    before = _act("Article 1 – Un.", "Article 2 – Le pont est refait.", "Article 3 – Selon l’article 2.")
    source = _act(
        "Article 1 – Un.", "Article 2 – La route.", "Article 2 – Le pont est refait.", "Article 3 – Selon l’article 2."
    )

    known, unknown = renumbered(source, before), renumbered(source)

    assert inline_text(known.doc["content"][-1]) == "Article 4 – Selon l’article 3."
    assert inline_text(unknown.doc["content"][-1]) == "Article 4 – Selon l’article 2."
    assert "Vérifiez le renvoi « article 2 » : l’article qu’il désignait n’est pas certain." in unknown.changes


def test_a_reference_to_an_article_just_removed_is_told() -> None:
    before = _act("Article 1 – Un.", "Article 2 – Deux.", "Article 3 – Selon l’article 2.")

    done = renumbered(_act("Article 1 – Un.", "Article 3 – Selon l’article 2."), before)

    assert any("Vérifiez le renvoi « article 2 »" in change for change in done.changes)


def test_the_author_s_way_of_writing_numbers_is_kept() -> None:
    assert _lines(_act("Article 1er : A.", "ARTICLE 3. B.")) == ["Article 1er : A.", "ARTICLE 2. B."]
    assert _lines(_act("Article I – A.", "Article III – B.")) == ["Article I – A.", "Article II – B."]
    assert _lines(_act("Article unique – A.")) == ["Article unique – A."]
    assert _lines(_act("Article 2 – B.", "Article 1er – A.")) == ["Article 1er – B.", "Article 2 – A."]
    superscript = doc("DÉCIDE", p("Article 2 – B."), p("Article 1", text("er", "superscript"), " – A."))
    assert inline_text(renumbered(superscript).doc["content"][2]) == "Article 2 – A."


def test_what_only_speaks_of_an_article_is_no_article() -> None:
    source = _act("Article 1 – A.", "Article 65 du code : dépense.", "Article L. 3211-1.", "Article 2 – B.")

    assert renumbered(source).doc == source


def test_a_quotation_is_left_alone() -> None:
    source = doc(
        "DÉCIDE", "Article 2 – Le texte devient :", quote("Article 7 – selon l’article 2."), h(3, "Article 5 – B")
    )

    assert renumbered(source).doc == doc(
        "DÉCIDE", "Article 1 – Le texte devient :", quote("Article 7 – selon l’article 2."), h(3, "Article 2 – B")
    )


@given(docs)
def test_renumbering_twice_changes_nothing_more(source: dict[str, Any]) -> None:
    once = renumbered(source).doc

    assert renumbered(once).doc == once
    assert clean(once) == once
    assert len(words(once)) >= len(words(source))
