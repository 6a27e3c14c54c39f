"""French spacing, dates and amounts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from hemicycle.rendering.typography import euros, french, hour, long_date, shortened
from tests.rendering.samples import PARIS


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Pour : 33 ; contre ?", "Pour\u00a0: 33\u202f; contre\u202f?"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("130 900 €", "130\u202f900\u00a0€"),
        ("rapport n° 12", "rapport n°\u00a012"),
        ("M. Denis", "M.\u00a0Denis"),
        ("l'article L. 3211-2", "l’article L.\u00a03211-2"),
        ("le 1er juillet à 14 h 30", "le 1er\u00a0juillet à 14\u00a0h\u00a030"),
        ("e\u0301te\u0301", "été"),
        ("https://ormelle.test/a:b?c", "https://ormelle.test/a:b?c"),
        ("5' et 10''", "5' et 10''"),
    ],
)
def test_spaces_that_must_not_break_are_made_no_break(typed: str, printed: str) -> None:
    assert french(typed) == printed
    assert french(printed) == printed


def test_dates_hours_and_amounts_read_as_the_field_writes_them() -> None:
    assert long_date(date(2026, 7, 1)) == "1er juillet 2026"
    assert long_date(date(2026, 7, 9), weekday=True) == "jeudi 9 juillet 2026"
    assert hour(datetime(2026, 7, 9, 9, 5, tzinfo=PARIS)) == "9 h 05"
    assert euros(Decimal("130900")) == "130\u202f900\u00a0€"
    assert euros(Decimal("-118450.5")) == "−118\u202f450,50\u00a0€"


def test_a_long_title_is_cut_at_a_word() -> None:
    assert shortened("Plan vélo de l'Ormelle", 12) == "Plan vélo…"
    assert shortened("Plan vélo", 12) == "Plan vélo"
