"""Writing by hand: the light markup, and the way back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hemicycle.texts.markup import editable_as_markup, from_markup, to_markup
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import clean
from tests.texts.trees import BREAK, bullets, cell, doc, h, item, link, numbers, p, plain_docs, quote, table, text

_WRITTEN = """\
# Rapport

## Incidence financière

Le *programme* est **arrêté** en valeur
d’octobre 2026, voir [la page](https://exemple.test/a).

1. Les chaussées ;
2. les ouvrages :
  1. relevé,
  2. projet ;

- une puce
  - sous-puce

> Le coût est arrêté.

|= Dépenses
| Opération | Montant |
| --- | ---: |
| Pont | 12 000,00 € |
| {2 colonnes} **Total** |"""

_MEANT = doc(
    h(1, "Rapport"),
    h(2, "Incidence financière"),
    p(
        "Le ",
        text("programme", "italic"),
        " est ",
        text("arrêté", "bold"),
        " en valeur",
        BREAK,
        "d’octobre 2026, voir ",
        link("la page", "https://exemple.test/a"),
        ".",
    ),
    numbers("Les chaussées ;", item("les ouvrages :", numbers("relevé,", "projet ;"))),
    bullets(item("une puce", bullets("sous-puce"))),
    quote("Le coût est arrêté."),
    table(
        [cell("Opération", header=True), cell("Montant", header=True, align="right")],
        ["Pont", cell("12 000,00 €", align="right")],
        [cell(p(text("Total", "bold")), colspan=2)],
        caption="Dépenses",
    ),
)


def test_what_is_typed_is_read_as_meant() -> None:
    assert from_markup(_WRITTEN) == _MEANT


def test_what_is_written_back_is_what_was_typed() -> None:
    assert to_markup(_MEANT).splitlines()[:14] == _WRITTEN.splitlines()[:14]


@given(plain_docs)
def test_every_text_that_can_be_edited_by_hand_comes_back_equal(source: dict[str, Any]) -> None:
    assume(editable_as_markup(source))

    assert from_markup(to_markup(source)) == source


@given(st.text(st.sampled_from("ab 1.-#>|*_^~[]()\\{}¶\n<br•:"), max_size=80))
def test_whatever_is_typed_is_a_legal_text(typed: str) -> None:
    read = from_markup(typed)

    assert clean(read) == read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3 * 4 * 5", p("3 * 4 * 5")),
        ("une note * seule", p("une note * seule")),
        ("*italique et **gras***", p(text("italique et ", "italic"), text("gras", "italic", "bold"))),
        ("AR_2026_01", p("AR_2026_01")),
        ("à remplir ________", p("à remplir ________")),
        ("[sans adresse] (et suite)", p("[sans adresse] (et suite)")),
        ("[piège](javascript:x)", p("[piège](javascript:x)")),
        ("1^er^ janvier", p("1", text("er", "superscript"), " janvier")),
        (r"\# pas un titre", p("# pas un titre")),
        ("2026. Une année", numbers("Une année", start=2026)),
        ("12 000 €", p("12 000 €")),
        ("- a\n\n- b", bullets("a", "b")),
        ("Décide :\n- a\n- b", None),
        ("1) a\n2) b", numbers("a", "b")),
        ("1. a\n1. b", numbers("a", "b")),
        ("- a\n\n    suite de a", bullets(item("a", "suite de a"))),
    ],
)
def test_a_hand_that_knows_no_markup_is_understood(typed: str, meant: dict[str, Any] | None) -> None:
    expected = doc(meant) if meant else doc("Décide :", bullets("a", "b"))

    assert from_markup(typed) == expected


def test_a_table_with_a_list_in_a_cell_is_said_not_to_be_editable() -> None:
    source = doc(table([cell(bullets("a"))]))

    assert not editable_as_markup(source)
    with pytest.raises(TextRefused, match="saisie simple"):
        to_markup(source)


def test_a_markup_nested_without_end_is_refused() -> None:
    for bottomless in ("> " * 5_000 + "a", "- " * 5_000 + "a"):
        with pytest.raises(TextRefused):
            from_markup(bottomless)
    with pytest.raises(TextRefused):
        from_markup("a" * 4_000_001)
