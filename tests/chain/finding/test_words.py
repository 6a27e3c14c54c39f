from __future__ import annotations

import pytest

from hemicycle.chain.finding.words import indexed, question, terms


def stems(text: str) -> list[str]:
    return [term.stem for term in terms(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("subventions", "subvention"),
        ("Délibération", "délibérations"),
        ("chevaux", "cheval"),
        ("égalité", "égales"),
        ("NATIONALE", "national"),
        ("cœur", "coeur"),
        ("e\u0301tude", "étude"),
        ("ofﬁce", "office"),
    ],
)
def test_words_of_one_family_have_one_stem(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("typed", "written"), [("deliberation", "Délibération"), ("egalite", "égalité")])
def test_a_word_typed_without_accents_is_one_of_the_forms_indexed(typed: str, written: str) -> None:
    (asked,) = terms(typed)

    stem, others = indexed(written)

    assert {*asked.forms} & {stem, *others.split()}


@pytest.mark.parametrize(
    "written", ["l’action d'aide", "L'ACTION D’AIDE", "action-aide", "action/aide", "action\u00a0: aide"]
)
def test_apostrophes_hyphens_and_signs_split_words(written: str) -> None:
    assert stems(written) == ["action", "aid"]


def test_a_query_is_words_phrases_and_words_left_out() -> None:
    asked = question('subventions "club de Clérande" -natation -"salle omnisports"')

    assert [term.stem for term in asked.words] == ["subvent"]
    assert [[term.stem for term in phrase] for phrase in asked.phrases] == [["club", "clerand"]]
    assert [[term.stem for term in phrase] for phrase in asked.without] == [["natat"], ["sall", "omnisport"]]


def test_a_number_with_its_hyphen_is_asked_for_in_that_order() -> None:
    asked = question("2026-0412")

    assert [[term.stem for term in phrase] for phrase in asked.phrases] == [["2026", "0412"]]


@pytest.mark.parametrize(
    "nothing", ["", "   ", "de la", '""', "-", "-natation", "'\"«»", "\x00", "😀", ") OR (", "NEAR(", "*"]
)
def test_a_query_that_asks_for_nothing_is_false(nothing: str) -> None:
    asked = question(nothing)

    assert not asked or {t.stem for t in asked.terms} <= {"or", "near"}


def test_a_query_without_end_is_cut() -> None:
    asked = question("mot" + " ".join(f"mot{n}" for n in range(10_000)))

    assert len(asked.words) <= 12
