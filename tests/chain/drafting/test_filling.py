"""The fields of a model, and what they become: no database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hemicycle.chain.drafting.filling import FIELDS, blank, faults_of, fields_in, fill
from hemicycle.chain.drafting.in_letters import euros_in_letters, number_in_letters
from hemicycle.texts.faults import guidance_in
from hemicycle.texts.markup import from_markup, to_markup
from hemicycle.texts.tree import plain_text

LABELS = {"montant": "montant", "assemblee": "assemblée"}


def filled(markup: str, **values: str) -> str:
    return to_markup(fill(from_markup(markup), values, LABELS))


def test_a_field_keeps_the_marks_of_its_run() -> None:
    assert filled("Une aide de **{montant}** est accordée.", montant="45 000 €") == (
        "Une aide de **45 000 €** est accordée."
    )


def test_fields_are_filled_in_lists_tables_and_captions() -> None:
    source = "- part : {montant}\n\n|= Total {montant}\n| Club | Somme |\n| --- | --- |\n| Clérande | {montant} |"

    said = filled(source, montant="9 €")

    assert said.count("9 €") == 3 and "{" not in said


def test_an_empty_value_leaves_a_mark_that_everyone_sees() -> None:
    doc = fill(from_markup("Une aide de {montant}."), {"montant": ""}, LABELS)

    assert "[…à compléter : montant]" in to_markup(doc).replace("\\", "")
    assert guidance_in(plain_text(doc)) == ("[…à compléter : montant]",)


def test_the_first_letter_of_a_paragraph_is_a_capital() -> None:
    assert filled("{assemblee}, réunie ; {assemblee}", assemblee="la commission") == (
        "La commission, réunie ; la commission"
    )


def test_filling_a_second_time_changes_nothing() -> None:
    once = fill(from_markup("{montant}, {objet}"), {"montant": "{objet}"}, LABELS)

    assert fill(once, {"montant": "9 €"}, LABELS) == once


def test_a_field_unknown_is_said_with_those_that_are_possible() -> None:
    faults = faults_of(from_markup("{monttant} et {objet}"), FIELDS)

    assert len(faults) == 1 and "{monttant}" in faults[0] and "{montant}" in faults[0]


@pytest.mark.parametrize("markup", ["Pour {montant.", "Pour montant}.", "Pour {mon**tant**}."])
def test_a_field_cut_in_two_is_refused(markup: str) -> None:
    assert any("accolade" in fault for fault in faults_of(from_markup(markup), FIELDS))


def test_the_fields_of_a_model_are_named_once_in_order() -> None:
    assert fields_in(from_markup("{objet} { montant } {objet}")) == ("objet", "montant")


def test_a_mark_says_what_is_missing() -> None:
    assert blank("montant") == "[…à compléter : montant]"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "zéro"),
        (21, "vingt-et-un"),
        (71, "soixante-et-onze"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (99, "quatre-vingt-dix-neuf"),
        (200, "deux-cents"),
        (80_000, "quatre-vingt-mille"),
        (200_001, "deux-cent-mille-un"),
        (2_000_000, "deux-millions"),
    ],
)
def test_a_number_is_written_in_letters(number: int, said: str) -> None:
    assert number_in_letters(number) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("1", "un euro"),
        ("45000.50", "quarante-cinq-mille euros et cinquante centimes"),
        ("1000000", "un-million d’euros"),
        ("0.01", "zéro euro et un centime"),
    ],
)
def test_an_amount_is_written_in_letters(amount: str, said: str) -> None:
    assert euros_in_letters(Decimal(amount)) == said


def test_an_unknown_word_between_braces_stays_as_it_is() -> None:
    doc: Any = from_markup("Voir {annexe}.")

    assert fill(doc, {}, LABELS) == doc
