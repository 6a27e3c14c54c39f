"""The reminders of the morning: late, near, once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.circuit.models import RunStep
from hemicycle.chain.telling.actions.note_reminders import note_reminders
from hemicycle.chain.telling.models import Notification
from hemicycle.chain.telling.timing import digest_after, last_reminder
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, PARIS, TODAY, Cast
from tests.chain.telling.to_tell import an_absence, told
from tests.factories import a_dossier, a_sitting

pytestmark = pytest.mark.django_db

FRIDAY = dt.date(2026, 11, 20)


def morning(day: dt.date, hour: int = 7, minute: int = 30) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)


def late_since(cast: Cast, day: dt.date) -> Dossier:
    dossier = a_dossier(cast, in_circuit=True)
    RunStep.objects.filter(run__dossier=dossier, order=1).update(due_on=day)
    return dossier


def remind(cast: Cast, day: dt.date) -> int:
    return note_reminders(agent=cast.courier, at=morning(day))


@pytest.mark.parametrize(
    ("on", "reminded"),
    [
        (dt.date(2026, 11, 20), None),
        (dt.date(2026, 11, 23), dt.date(2026, 11, 23)),
        (dt.date(2026, 11, 27), dt.date(2026, 11, 23)),
        (dt.date(2026, 11, 30), dt.date(2026, 11, 30)),
        (dt.date(2026, 12, 1), dt.date(2026, 11, 30)),
    ],
)
def test_late_is_recalled_a_working_day_after_then_each_monday(on: dt.date, reminded: dt.date | None) -> None:
    assert last_reminder(FRIDAY, on=on) == reminded


def test_due_on_a_tuesday_is_recalled_on_wednesday_then_on_monday() -> None:
    days = [dt.date(2026, 11, 25) + dt.timedelta(days=n) for n in range(7)]

    recalled = [last_reminder(TODAY, on=day) for day in days]

    assert recalled == [dt.date(2026, 11, 25)] * 5 + [dt.date(2026, 11, 30)] * 2


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (NOON, morning(dt.date(2026, 11, 25))),
        (morning(TODAY, 7, 0), morning(TODAY)),
        (morning(dt.date(2026, 11, 27), 18, 0), morning(dt.date(2026, 11, 30))),
        (morning(dt.date(2026, 12, 24), 18, 0), morning(dt.date(2026, 12, 28))),
    ],
)
def test_the_digest_is_of_a_working_morning(at: dt.datetime, expected: dt.datetime) -> None:
    assert digest_after(at) == expected


def test_who_is_late_is_reminded_once_until_monday(cast: Cast) -> None:
    late_since(cast, TODAY)

    for day in (TODAY, dt.date(2026, 11, 25), dt.date(2026, 11, 26), dt.date(2026, 11, 30)):
        remind(cast, day)

    assert told() == {("Chef", "late")}
    assert Notification.objects.count() == 2


def test_the_replacement_is_reminded_for_the_absent(cast: Cast) -> None:
    late_since(cast, TODAY)
    an_absence(cast.head_of_service, cast.director)

    remind(cast, dt.date(2026, 11, 25))

    assert told("late") == {("Directrice", "late")}


def test_nothing_is_late_while_the_cabinet_holds(cast: Cast) -> None:
    dossier = late_since(cast, TODAY)
    RunStep.objects.filter(run__dossier=dossier, order=1).update(held_at=NOON)

    remind(cast, dt.date(2026, 11, 25))

    assert told() == set()


def test_a_sitting_near_is_told_to_the_drafter_of_what_is_not_ready(cast: Cast) -> None:
    sitting = a_sitting(cast, body="CD", starts_at=NOON + dt.timedelta(days=18))
    held = sitting.starts_at.date()
    late = a_dossier(cast, body="CD", target_date=held)
    a_dossier(cast, ready=True, body="CD", target_date=held)
    a_dossier(cast, body="CD", target_date=held + dt.timedelta(days=60))

    remind(cast, TODAY)
    remind(cast, TODAY + dt.timedelta(days=1))

    (row,) = Notification.objects.filter(kind="deadline")
    assert (row.agent, row.dossier) == (cast.drafter, late)


@pytest.mark.parametrize("at", [morning(TODAY, 7, 29), morning(dt.date(2026, 11, 28)), morning(dt.date(2026, 12, 25))])
def test_nothing_is_noted_too_early_nor_on_a_day_off(cast: Cast, at: dt.datetime, nothing_written: Any) -> None:
    late_since(cast, FRIDAY)

    with nothing_written():
        note_reminders(agent=cast.courier, at=at)


def test_a_morning_is_looked_at_once(cast: Cast, nothing_written: Any) -> None:
    late_since(cast, FRIDAY)
    remind(cast, TODAY)

    with nothing_written():
        assert note_reminders(agent=cast.courier, at=NOON) == 0


def test_only_the_couriers_remind(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        note_reminders(agent=cast.clerk, at=NOON)
