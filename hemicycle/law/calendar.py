"""The calendar of the law: public holidays, working days, clear days, months by quantième."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

#: Where local public holidays differ. Abolition days overseas are not known here.
Territory = Literal["mainland", "alsace_moselle"]

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))


def in_french(day: date) -> str:
    """« 1er mai 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's computation)."""
    century = year // 100
    golden = year % 19
    correction = century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + correction + 15) % 30
    epact -= epact // 28 * (1 - epact // 28 * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


@lru_cache(maxsize=256)
def public_holidays(year: int, territory: Territory = "mainland") -> tuple[date, ...]:
    """The legal public holidays of a year, in order (code du travail, art. L3133-1 and L3134-13).

    Good Friday of Alsace-Moselle holds in communes with a Protestant temple or a mixed church only.
    """
    sunday = easter(year)
    days = {date(year, month, day) for month, day in _FIXED}
    days |= {sunday + timedelta(days=offset) for offset in (1, 39, 50)}
    if territory == "alsace_moselle":
        days |= {sunday - timedelta(days=2), date(year, 12, 26)}
    return tuple(sorted(days))


def is_working_day(day: date, territory: Territory = "mainland") -> bool:
    """Neither Saturday, Sunday nor public holiday."""
    return day.weekday() < 5 and day not in public_holidays(day.year, territory)


def next_working_day(day: date, territory: Territory = "mainland") -> date:
    """The day itself when it is worked, otherwise the first worked day after it."""
    while not is_working_day(day, territory):
        day += timedelta(days=1)
    return day


def previous_working_day(day: date, territory: Territory = "mainland") -> date:
    """The day itself when it is worked, otherwise the last worked day before it."""
    while not is_working_day(day, territory):
        day -= timedelta(days=1)
    return day


def clear_days(sent_on: date, meeting_on: date) -> int:
    """Full days between the two, both excluded; days off count (CE, 12 July 1955, Mignaloux-Beauvoir)."""
    return (meeting_on - sent_on).days - 1


def add_months(day: date, months: int) -> date:
    """Same quantième `months` later (or earlier, negative), or the last day of a month too short for it."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_of_year(year: int, month_day: str) -> date:
    """The day written MM-DD in that year."""
    return date.fromisoformat(f"{year}-{month_day}")


def days_off_between(first: date, last: date, territory: Territory = "mainland") -> tuple[date, ...]:
    """Public holidays strictly between two days: what a reader would wrongly take out of a count."""
    years = range(first.year, last.year + 1)
    return tuple(day for year in years for day in public_holidays(year, territory) if first < day < last)
