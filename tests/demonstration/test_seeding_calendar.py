"""The dates of the demonstration hold on whatever day it is set up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import timezone

from hemicycle.demonstration.seeding.calendar import Calendar
from hemicycle.demonstration.seeding.sittings import plans
from hemicycle.demonstration.seeding.stories import STORIES
from hemicycle.dossier.dates import day
from hemicycle.law.calendar import clear_days, is_working_day


def moments() -> Iterator[dt.datetime]:
    """Every day of a year and a half, at awkward hours in turn."""
    hours = (dt.time(0, 5), dt.time(8, 59), dt.time(13, 31), dt.time(22, 30), dt.time(23, 58))
    for rank in range(550):
        date = dt.date(2026, 6, 1) + dt.timedelta(days=rank)
        yield timezone.make_aware(dt.datetime.combine(date, hours[rank % len(hours)]))


def test_more_days_back_is_always_earlier_and_always_past() -> None:
    for now in moments():
        calendar = Calendar(now=now)

        past = [calendar.ago(n, 23 - n % 24) for n in (1, 2, 3, 11, 17, 50)]

        assert past == sorted(past, reverse=True)
        assert all(at < now and is_working_day(day(at)) for at in past)


def test_the_past_does_not_begin_today() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        Calendar(now=next(moments())).ago(0)


def test_a_sitting_is_today_later_when_the_day_allows_it() -> None:
    for now in moments():
        starts_at = Calendar(now=now).sitting_today

        assert day(starts_at) == day(now)
        assert starts_at > now or timezone.localtime(now).hour >= 22


def test_the_two_sittings_convened_are_convened_in_time() -> None:
    for now in moments():
        calendar = Calendar(now=now)
        past, today, council, next_one = plans(calendar)

        notices = [
            clear_days(day(calendar.ago(plan.convened)), day(plan.starts_at))
            for plan in (past, today)
            if plan.convened is not None
        ]

        assert min(notices) >= 12
        assert past.starts_at < calendar.ago(4)
        assert council.convened is None and next_one.convened is None


def test_the_next_council_is_in_about_five_weeks() -> None:
    for now in moments():
        wait = day(Calendar(now=now).next_council) - day(now)

        # Christmas and New Year's Day may both be Fridays: two weeks more.
        assert dt.timedelta(days=33) <= wait <= dt.timedelta(days=53)


def test_the_next_committee_is_in_about_a_fortnight() -> None:
    for now in moments():
        wait = day(Calendar(now=now).next_committee) - day(now)

        assert dt.timedelta(days=13) <= wait <= dt.timedelta(days=33)


def test_every_dossier_of_an_agenda_has_its_visas_before_it() -> None:
    planned = plans(Calendar(now=next(moments())))
    agenda = {key: plan.agenda for plan in planned for key in plan.keys}
    # Eight visas, one each working day, is the longest circuit; one validated in emergency has no more to wait for.
    ready = {s.key: s.emergency[0] if s.emergency else (s.submitted or 0) - 8 for s in STORIES}

    too_late = [key for key, ago in agenda.items() if ready[key] < ago]

    assert too_late == []
