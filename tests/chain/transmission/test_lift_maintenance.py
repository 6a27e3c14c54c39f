"""Ending an announced maintenance before its time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission.actions.announce_maintenance import announce_maintenance
from hemicycle.chain.transmission.actions.lift_maintenance import NoSuchMaintenance, lift_maintenance
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]


def announced(cast: Cast) -> int:
    hour = dt.timedelta(hours=1)
    return announce_maintenance(
        starts_at=NOON - hour, ends_at=NOON + hour, reason="Ministère", agent=cast.clerk, at=NOON
    ).pk


def test_what_waited_may_leave(cast: Cast) -> None:
    lift_maintenance(maintenance_id=announced(cast), agent=cast.administrator, at=NOON)

    assert queries.closed_at(NOON) is None
    assert queries.maintenances(at=NOON) == []


def test_it_is_lifted_once(cast: Cast, nothing_written: NothingWritten) -> None:
    maintenance = announced(cast)
    lift_maintenance(maintenance_id=maintenance, agent=cast.clerk, at=NOON)

    with pytest.raises(NoSuchMaintenance), nothing_written():
        lift_maintenance(maintenance_id=maintenance, agent=cast.clerk, at=NOON)


def test_a_drafter_lifts_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    maintenance = announced(cast)

    with pytest.raises(NotEntitled), nothing_written():
        lift_maintenance(maintenance_id=maintenance, agent=cast.drafter, at=NOON)
