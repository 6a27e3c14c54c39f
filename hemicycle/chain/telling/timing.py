"""When news leave: at once, but for what follows within moments; or at 7:30 on a working day."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from hemicycle.law.calendar import is_working_day, next_working_day

DIGEST = dt.time(7, 30)
#: Fifty visas given in a row make one letter.
TOGETHER = dt.timedelta(minutes=2)


def digest_after(at: dt.datetime) -> dt.datetime:
    """The next 7:30 of a working day, strictly after that instant."""
    local = timezone.localtime(at)
    day = local.date() if local.time() < DIGEST else local.date() + dt.timedelta(days=1)
    return morning_of(next_working_day(day))


def digests_leave(at: dt.datetime) -> bool:
    """Whether a digest may leave at that instant: one that missed its 7:30 does not come by night nor on a Sunday."""
    local = timezone.localtime(at)
    return is_working_day(local.date()) and local.time() >= DIGEST


def morning_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, DIGEST))


def last_reminder(due_on: dt.date, *, on: dt.date) -> dt.date | None:
    """The latest day, up to `on`, on which what was due then is called to mind; None: not yet.

    The first working day after the due date, then the first working day of each week.
    """
    first = next_working_day(due_on + dt.timedelta(days=1))
    if on < first:
        return None
    weekly = next_working_day(on - dt.timedelta(days=on.weekday()))
    return weekly if first < weekly <= on else first


def working_days_before(day: dt.date, count: int) -> dt.date:
    while count:
        day -= dt.timedelta(days=1)
        count -= is_working_day(day)
    return day
