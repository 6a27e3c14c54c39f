"""The dates of the demonstration, all counted in working days back from the day on which it is set up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from hemicycle.dossier.dates import day
from hemicycle.law.calendar import is_working_day, previous_working_day

THURSDAY, FRIDAY = 3, 4
#: Hours at which a sitting of the day may be called, the first that leaves time to prepare it.
HOURS = (dt.time(9, 30), dt.time(14, 30), dt.time(18, 0), dt.time(20, 30), dt.time(23, 0))


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """`now`: the moment of the setting up, aware."""

    now: dt.datetime

    @property
    def today(self) -> dt.date:
        return day(self.now)

    def ago(self, days: int, hour: int = 10, minute: int = 0) -> dt.datetime:
        """That hour of the nth working day before today (n ≥ 1): more days back is always earlier."""
        if days < 1:
            raise ValueError("the past begins yesterday")
        found = self.today
        for _ in range(days):
            found = previous_working_day(found - dt.timedelta(days=1))
        return _at(found, dt.time(hour, minute))

    @property
    def sitting_today(self) -> dt.datetime:
        """Later today, an hour at least from now if the day allows it; otherwise at 23:00."""
        soon = self.now + dt.timedelta(hours=1)
        slots = [_at(self.today, hour) for hour in HOURS]
        return next((slot for slot in slots if slot >= soon), slots[-1])

    @property
    def next_committee(self) -> dt.datetime:
        """A working Thursday in about a fortnight, in the morning: its summons leaves within days."""
        return _at(_working(self.today + dt.timedelta(days=13), THURSDAY), dt.time(9, 30))

    @property
    def next_council(self) -> dt.datetime:
        """A working Friday in about five weeks, in the morning."""
        return _at(_working(self.today + dt.timedelta(days=33), FRIDAY), dt.time(9, 30))


def _working(date: dt.date, weekday: int) -> dt.date:
    """The first working day of that name from that date on."""
    while date.weekday() != weekday or not is_working_day(date):
        date += dt.timedelta(days=1)
    return date


def _at(date: dt.date, hour: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(date, hour))
