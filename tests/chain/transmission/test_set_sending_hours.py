"""Setting the hours when acts leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission.actions.set_sending_hours import NotHours, set_sending_hours
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]
MONDAY = {1: (dt.time(8), dt.time(19))}


def test_outside_the_hours_nothing_leaves(cast: Cast) -> None:
    said = set_sending_hours(hours=MONDAY, agent=cast.clerk, at=NOON)

    found = queries.closed_at(NOON)
    assert said == ["lundi 08:00–19:00"]
    assert found is not None and "heures d’envoi" in found.why


def test_no_hours_at_all_is_any_hour(cast: Cast) -> None:
    set_sending_hours(hours=MONDAY, agent=cast.clerk, at=NOON)

    set_sending_hours(hours={}, agent=cast.administrator, at=NOON)

    assert queries.closed_at(NOON) is None


def test_the_same_hours_change_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    set_sending_hours(hours=MONDAY, agent=cast.clerk, at=NOON)

    with nothing_written():
        set_sending_hours(hours=MONDAY, agent=cast.clerk, at=NOON)


def test_a_day_that_ends_before_it_begins_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(NotHours, match="lundi"), nothing_written():
        set_sending_hours(hours={1: (dt.time(19), dt.time(8))}, agent=cast.clerk, at=NOON)


def test_a_drafter_sets_no_hours(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        set_sending_hours(hours=MONDAY, agent=cast.drafter, at=NOON)
