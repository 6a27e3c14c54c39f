"""Announcing a time when nothing is to leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission.actions.announce_maintenance import NotAPeriod, announce_maintenance
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]
HOUR = dt.timedelta(hours=1)


def announce(cast: Cast, **facts: Any) -> Any:
    said = {"starts_at": NOON - HOUR, "ends_at": NOON + HOUR, "reason": "Ministère", "agent": cast.clerk, "at": NOON}
    return announce_maintenance(**(said | facts))


def test_nothing_leaves_meanwhile(cast: Cast) -> None:
    announce(cast)

    found = queries.closed_at(NOON)
    assert found is not None and found.until == NOON + HOUR
    assert queries.closed_at(NOON + HOUR) is None


@pytest.mark.parametrize(
    "facts",
    [{"reason": "  "}, {"ends_at": NOON - HOUR}, {"starts_at": NOON - 3 * HOUR, "ends_at": NOON - 2 * HOUR}],
)
def test_a_period_without_reason_upside_down_or_over(
    cast: Cast, nothing_written: NothingWritten, facts: dict[str, Any]
) -> None:
    with pytest.raises(NotAPeriod), nothing_written():
        announce(cast, **facts)


def test_a_drafter_announces_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        announce(cast, agent=cast.drafter)
