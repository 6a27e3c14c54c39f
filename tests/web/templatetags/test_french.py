"""French as people write it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from hemicycle.web.templatetags.french import ago_fr, amount_fr, date_fr, datetime_fr, number_fr, plural

NOON = datetime(2026, 12, 17, 11, 0, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_moment_is_read_at_the_hour_of_the_departement() -> None:
    late_evening = datetime(2026, 12, 16, 23, 30, tzinfo=UTC)

    assert plain(datetime_fr(late_evening)) == "jeudi 17 décembre 2026 à 0 h 30"
    assert plain(date_fr(late_evening)) == "jeudi 17 décembre 2026"


def test_a_day_stays_that_day() -> None:
    assert plain(date_fr(date(2026, 12, 1))) == "mardi 1er décembre 2026"


def test_what_is_unknown_writes_nothing() -> None:
    assert [date_fr(None), datetime_fr(None), amount_fr(None), number_fr(None), ago_fr(None)] == [""] * 5


def test_amounts_and_numbers() -> None:
    assert plain(amount_fr(45000)) == "45 000,00 €"
    assert plain(amount_fr(Decimal("12.5"))) == "12,50 €"
    assert plain(number_fr(12345)) == "12 345"


@pytest.mark.parametrize(("number", "words"), [(0, "0 dossier"), (1, "1 dossier"), (2, "2 dossiers")])
def test_zero_and_one_are_singular(number: int, words: str) -> None:
    assert plain(plural(number, "dossier,dossiers")) == words


@pytest.mark.parametrize(
    ("elapsed", "words"),
    [
        (timedelta(seconds=20), "à l’instant"),
        (timedelta(minutes=12), "il y a 12 minutes"),
        (timedelta(hours=3), "il y a 3 heures"),
        (timedelta(hours=20), "hier"),
        (timedelta(days=5), "il y a 5 jours"),
        (timedelta(days=90), "il y a 3 mois"),
        (timedelta(days=-1), "demain"),
        (timedelta(days=-4), "dans 4 jours"),
    ],
)
def test_how_long_ago(elapsed: timedelta, words: str) -> None:
    assert plain(ago_fr(NOON - elapsed, NOON)) == words


def test_a_day_is_as_far_as_the_calendar_says() -> None:
    assert ago_fr(date(2026, 12, 17), NOON) == "aujourd’hui"
    assert ago_fr(date(2026, 12, 16), NOON) == "hier"
