"""When acts may leave."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.chain.transmission.hours import PARIS, closed

WORKING = {weekday: (dt.time(8), dt.time(19)) for weekday in range(1, 6)}


def moment(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """November 2026: the 24th is a Tuesday."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


def until(at: dt.datetime, *stops: tuple[dt.datetime, dt.datetime, str]) -> dt.datetime | None:
    found = closed(at, spans=WORKING, stops=stops)
    return found.until if found else None


def test_without_hours_acts_leave_at_any_time() -> None:
    assert closed(moment(29, 3), spans={}) is None


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (moment(24, 12), None),
        (moment(24, 8), None),
        (moment(24, 7, 59), moment(24, 8)),
        (moment(24, 19), moment(25, 8)),
        (moment(27, 20), moment(30, 8)),
        (moment(28, 12), moment(30, 8)),
    ],
)
def test_outside_the_hours_one_waits_for_the_next_opening(at: dt.datetime, opens: dt.datetime | None) -> None:
    assert until(at) == opens


def test_during_a_maintenance_one_waits_for_its_end() -> None:
    stop = (moment(24, 10), moment(24, 14), "ministère")

    found = closed(moment(24, 12), spans={}, stops=[stop])

    assert found is not None
    assert (found.until, "ministère" in found.why) == (moment(24, 14), True)
    assert closed(moment(24, 14), spans={}, stops=[stop]) is None


def test_a_maintenance_that_ends_after_hours_leads_to_the_next_morning() -> None:
    assert until(moment(24, 18), (moment(24, 17), moment(24, 20), "TdT")) == moment(25, 8)


def test_an_opening_inside_a_maintenance_waits_for_it_too() -> None:
    assert until(moment(24, 20), (moment(25, 7), moment(25, 9), "TdT")) == moment(25, 9)


def test_hours_are_local_when_the_clock_changes() -> None:
    sunday_before = dt.datetime(2026, 10, 23, 20, tzinfo=PARIS)

    found = closed(sunday_before, spans=WORKING)

    assert found is not None
    assert found.until.astimezone(PARIS).hour == 8
