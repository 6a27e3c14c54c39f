"""Public holidays, working days and months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.law.calendar import (
    add_months,
    clear_days,
    easter,
    in_french,
    is_working_day,
    next_working_day,
    previous_working_day,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    "sunday",
    ["1954-04-18", "1999-04-04", "2008-03-23", "2019-04-21", "2026-04-05", "2038-04-25", "2049-04-18"],
)
def test_easter_falls_where_almanacs_put_it(sunday: str) -> None:
    day = date.fromisoformat(sunday)

    assert easter(day.year) == day


@settings(deadline=None)
@given(day=DAYS)
def test_the_next_and_previous_working_days_surround_the_day(day: date) -> None:
    before, after = previous_working_day(day), next_working_day(day)

    assert before <= day <= after
    assert is_working_day(before)
    assert is_working_day(after)
    assert (after - before).days <= 7


@settings(deadline=None)
@given(day=DAYS, months=st.integers(min_value=0, max_value=36))
def test_adding_months_keeps_the_quantieme_or_takes_the_last_day(day: date, months: int) -> None:
    later = add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    last_of_month = (later + timedelta(days=1)).day == 1
    assert later.day == day.day or (later.day < day.day and last_of_month)


def test_the_first_of_the_month_is_written_as_in_french() -> None:
    assert in_french(date(2026, 5, 1)) == "1er mai 2026"
    assert in_french(date(2026, 8, 15)) == "15 août 2026"


def test_both_ends_are_excluded_from_clear_days() -> None:
    assert clear_days(date(2026, 6, 5), date(2026, 6, 18)) == 12
