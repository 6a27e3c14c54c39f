"""French typography."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from hemicycle.texts.tree import plain_text
from hemicycle.texts.typography import amount_fr, date_fr, datetime_fr, number_fr, spaced, spaced_doc, typeset
from tests.texts.trees import doc, docs, image, link, note, p, table, text

_VISIBLE = str.maketrans({"\u00a0": "~", "\u202f": "^"})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Objet : voirie", "Objet~: voirie"),
        ("Vu le code;", "Vu le code^;"),
        ("Quoi ?", "Quoi^?"),
        ("« Mobilités »", "«~Mobilités~»"),
        ("«Mobilités»", "«~Mobilités~»"),
        ("15 000 euros", "15^000~euros"),
        ("4 945 000,00 €", "4^945^000,00~€"),
        ("12 %", "12^%"),
        ("l’article L. 3213-3", "l’article L.~3213-3"),
        ("https://exemple.test/?a=b;c", "https://exemple.test/?a=b;c"),
        ("à 14:30", "à 14:30"),
        ("RD 932 et 12 autres", "RD 932 et 12 autres"),
    ],
)
def test_spaces_follow_french_usage(typed: str, expected: str) -> None:
    assert spaced(typed).translate(_VISIBLE) == expected
    assert spaced(spaced(typed)) == spaced(typed)


def test_a_document_is_spaced_run_by_run_and_its_links_are_kept() -> None:
    source = doc(p(text("Objet :", "bold"), " voir ", link("ici ?", "https://exemple.test/?a=b")))

    result = spaced_doc(source)

    assert plain_text(result).translate(_VISIBLE) == "Objet~: voir ici^?"
    assert result["content"][0]["content"][2]["marks"] == source["content"][0]["content"][2]["marks"]


def test_a_text_is_typeset_in_its_notes_and_descriptions_too() -> None:
    source = doc(p("L'article 1 : voir", note("l'arrêté ?")), image("Plan : l'îlot"), table(["d'un"], caption="a : b"))

    result = typeset(source)

    assert plain_text(result).translate(_VISIBLE).splitlines() == [
        "L’article 1~: voir [note~: l’arrêté^?]",
        "[image~: Plan~: l’îlot]",
        "a : b",
        "d’un",
    ]


@given(docs)
def test_typesetting_twice_changes_nothing_more(source: dict[str, Any]) -> None:
    once = typeset(source)

    assert typeset(once) == once


def test_amounts_and_numbers_are_written_in_french() -> None:
    assert amount_fr(Decimal(45000)).translate(_VISIBLE) == "45^000,00~€"
    assert amount_fr(Decimal("-1234567.005")).translate(_VISIBLE) == "−1^234^567,01~€"
    assert number_fr(1234567).translate(_VISIBLE) == "1^234^567"
    assert number_fr(Decimal("12.5")) == "12,5"


def test_dates_are_written_in_full() -> None:
    assert date_fr(date(2026, 12, 17)).translate(_VISIBLE) == "jeudi 17~décembre 2026"
    assert date_fr(date(2026, 7, 1), weekday=False).translate(_VISIBLE) == "1er~juillet 2026"
    moment = datetime(2026, 12, 17, 14, 5, tzinfo=UTC)
    assert datetime_fr(moment).translate(_VISIBLE) == "jeudi 17~décembre 2026 à 14~h~05"
