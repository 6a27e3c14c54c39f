"""The outbox: lease, do, mark; nothing is carried by two, nothing is forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

import pytest

from hemicycle.dossier import journal, outbox
from hemicycle.dossier.models import Errand
from tests.cast import NOON, Cast

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class SomethingDone:
    name: ClassVar[str] = "signing.something_done"
    number: str = "CP-2026-0001"


def tell(cast: Cast, *, times: int = 1) -> None:
    for _ in range(times):
        journal.record(None, SomethingDone(), by=cast.president, at=NOON)


def test_an_errand_is_taken_by_one_courier_only(cast: Cast) -> None:
    tell(cast)

    first, second = outbox.take(now=NOON), outbox.take(now=NOON)

    assert [(t.event, t.facts, t.attempts) for t in first] == [
        ("signing.something_done", {"number": "CP-2026-0001"}, 1)
    ]
    assert second == []


def test_what_a_courier_never_brought_back_is_found_again_when_its_lease_ends(cast: Cast) -> None:
    tell(cast)
    outbox.take(now=NOON)

    just_before = outbox.take(now=NOON + outbox.lease())
    after = outbox.take(now=NOON + outbox.lease() + dt.timedelta(seconds=1))

    assert just_before == []
    assert [t.attempts for t in after] == [2]


def test_errands_are_taken_oldest_first_and_no_more_than_asked(cast: Cast) -> None:
    tell(cast, times=5)

    assert [t.entry for t in outbox.take(now=NOON, limit=3)] == [1, 2, 3]
    assert [t.entry for t in outbox.take(now=NOON, limit=3)] == [4, 5]


def test_sorting_gives_one_errand_to_each_carrier(cast: Cast) -> None:
    tell(cast)
    (unsorted,) = outbox.take(now=NOON)

    outbox.sort(unsorted, ["stamp_copy", "return_to_direction"], now=NOON)

    assert sorted(t.carrier for t in outbox.take(now=NOON)) == ["return_to_direction", "stamp_copy"]
    assert Errand.objects.get(id=unsorted.id).state == Errand.State.DONE


def test_an_entry_sorted_twice_gives_no_errand_twice(cast: Cast) -> None:
    tell(cast)
    (unsorted,) = outbox.take(now=NOON)
    outbox.sort(unsorted, ["stamp_copy"], now=NOON)

    outbox.sort(unsorted, ["stamp_copy"], now=NOON + MINUTE)

    assert Errand.objects.filter(carrier="stamp_copy").count() == 1


def test_an_entry_that_calls_for_nothing_is_simply_done(cast: Cast) -> None:
    tell(cast)
    (unsorted,) = outbox.take(now=NOON)

    outbox.sort(unsorted, [], now=NOON)

    assert outbox.waiting() == 0


def test_an_errand_given_back_waits_until_its_time_and_says_why(cast: Cast) -> None:
    tell(cast)
    (task,) = outbox.take(now=NOON)

    outbox.later(task, due_at=NOON + MINUTE, error="La plateforme ne répond pas.")

    assert outbox.take(now=NOON) == []
    assert [e.last_error for e in outbox.in_trouble()] == ["La plateforme ne répond pas."]
    assert len(outbox.take(now=NOON + MINUTE)) == 1


def test_an_errand_given_up_is_shown_until_someone_takes_it_up_again(cast: Cast) -> None:
    tell(cast)
    (task,) = outbox.take(now=NOON)

    outbox.give_up(task, error="Refusé par la plateforme.", now=NOON)

    assert outbox.take(now=NOON + 100 * MINUTE) == []
    assert [e.state for e in outbox.in_trouble()] == ["failed"]

    outbox.retry(task.id, now=NOON + MINUTE)

    assert [t.attempts for t in outbox.take(now=NOON + MINUTE)] == [1]


def test_an_errand_done_is_never_taken_again_nor_retried(cast: Cast) -> None:
    tell(cast)
    (task,) = outbox.take(now=NOON)
    outbox.done(task, now=NOON)

    outbox.retry(task.id, now=NOON)

    assert outbox.take(now=NOON + 100 * MINUTE) == []
    assert (outbox.waiting(), outbox.in_trouble()) == (0, [])
