"""How a published act is named, signed and found."""

from __future__ import annotations

import pytest

from hemicycle.chain.publication.rules import author_line, folded


@pytest.mark.parametrize(
    ("capacity", "line"),
    [
        ("Le Président du conseil départemental", "Aline BRÉVAL, Président du conseil départemental"),
        ("La Présidente du conseil départemental", "Aline BRÉVAL, Présidente du conseil départemental"),
        ("L’adjointe au directeur", "Aline BRÉVAL, Adjointe au directeur"),
        ("vice-présidente chargée des sports", "Aline BRÉVAL, Vice-présidente chargée des sports"),
    ],
)
def test_the_author_is_named_with_the_capacity(capacity: str, line: str) -> None:
    assert author_line(first_name="Aline", last_name="Bréval", capacity=capacity) == line


def test_accents_ligatures_and_apostrophes_do_not_hide_a_word() -> None:
    assert folded("L’Œuvre d’ÉTÉ") == folded("l’oeuvre d’ete")
