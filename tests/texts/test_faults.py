"""What in a text would print badly: said with its place and its remedy."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.texts.faults import faults_of, guidance_in
from hemicycle.texts.markup import from_markup
from tests.texts.trees import cell, doc, h, image, p, quote, table, text


def said(tree: dict[str, Any]) -> list[str]:
    return [fault.sentence("Le rapport").replace("\u00a0", " ") for fault in faults_of(tree)]


def test_an_ordinary_text_has_no_fault() -> None:
    tree = doc(h(1, "Quoi ?"), p("Une aide de 12 000 €."), h(2, "Pour qui ?"), table(["a", "b"], header=["A", "B"]))

    assert said(tree) == []


def test_an_image_to_describe_is_said_with_the_title_above_it() -> None:
    tree = doc(h(1, "Le site"), p("Voici."), image("Image à décrire (2)"))

    assert said(tree) == [
        "Le rapport contient une image à décrire, sous le titre « Le site » ; "
        "écrivez ce qu’elle montre, pour ceux qui ne la voient pas."
    ]


def test_an_image_in_a_quotation_is_seen_too() -> None:
    assert len(said(doc(quote(p("Voici."), image("Image à décrire"))))) == 1


def test_a_place_is_the_article_where_there_is_one() -> None:
    (sentence,) = said(doc(p("Vu le code,"), p("Article 2 – Une aide de … € est versée.")))

    assert "contient encore « … € », à l’article 2" in sentence


def test_a_title_that_skips_a_level_is_a_doubt_with_the_level_to_choose() -> None:
    (fault,) = faults_of(doc(h(1, "Un"), h(3, "Trois")))

    assert not fault.stops
    assert "niveau\u00a02" in fault.remedy


def test_a_bold_first_row_not_declared_as_titles_stops() -> None:
    head = [cell(p(text("Commune", "bold"))), cell(p(text("Montant", "bold")))]
    (fault,) = faults_of(doc(table(head, ["Lormet", "900 €"])))

    assert fault.stops
    assert "Première ligne en titres" in fault.remedy


def test_words_above_figures_are_titles_too() -> None:
    (fault,) = faults_of(doc(table(["Commune", "Montant"], ["Lormet", "900 €"], ["Brissey", "1 200 €"])))

    assert fault.stops


def test_a_table_of_words_without_titles_is_only_a_doubt() -> None:
    (fault,) = faults_of(doc(table(["Lieu", "Lormet"], ["Durée", "trois ans"])))

    assert not fault.stops


def test_titles_in_the_first_column_are_enough() -> None:
    rows = [[cell("Lieu", header=True), cell("Lormet")], [cell("Durée", header=True), cell("trois ans")]]

    assert faults_of(doc(table(*rows))) == []


@pytest.mark.parametrize(
    "words",
    [
        "[…à compléter : montant]",
        "[à compléter]",
        "[À COMPLÉTER\u00a0: le canton]",
        "[... à préciser]",
        "[Décrire l’action aidée : son objet, ses dates]",
        "[montant en lettres]",
        "… %",
        "XX €",
        "____ euros",
    ],
)
def test_what_a_model_left_to_its_author_is_recognised(words: str) -> None:
    assert guidance_in(f"Une aide, {words}, est accordée.") == (words,)


@pytest.mark.parametrize(
    "words", ["Le tableau [1] est à compléter par l’association.", "Et ensuite… 12 € restent.", "[sic]", "L’A20, XX"]
)
def test_ordinary_words_are_no_guidance(words: str) -> None:
    assert guidance_in(words) == ()


def test_guidance_in_a_cell_or_a_caption_is_seen() -> None:
    tree = from_markup("|= Plan [à préciser]\n| Financeur | Montant |\n| --- | ---: |\n| Département | … € |\n")

    assert [fault.what.replace("\u00a0", " ") for fault in faults_of(tree)] == [
        "contient encore « [à préciser] »",
        "contient encore « … € »",
    ]
