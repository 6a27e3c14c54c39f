"""What the rounds do when a carrier cannot finish."""

from __future__ import annotations

import pytest

from hemicycle.couriers import rounds
from hemicycle.couriers.itinerary import CARRIERS
from hemicycle.couriers.outcomes import GiveUp, Later, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.blobs import StoreUnavailable
from hemicycle.dossier.outbox import Task
from tests.couriers.worlds import a_world

#: More tries than a defect of ours is given.
OFTEN = rounds.MAX_FAILURES + 1


def carried_with(failure: Exception, patch: pytest.MonkeyPatch) -> Outcome:
    def fails(_task: Task, _world: World) -> Outcome:
        raise failure

    patch.setitem(CARRIERS, "sign", fails)
    task = Task(id=1, carrier="sign", entry=1, event="", dossier=None, facts={}, attempts=OFTEN)
    return rounds._carry(task, a_world())


def test_an_errand_waits_as_long_as_the_store_of_files_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = carried_with(StoreUnavailable("Le magasin des fichiers ne répond pas."), monkeypatch)

    assert outcome == Later(why="Le magasin des fichiers ne répond pas.")


def test_a_defect_of_ours_ends_before_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = carried_with(ZeroDivisionError(), monkeypatch)

    assert isinstance(outcome, GiveUp) and "ZeroDivisionError" in outcome.why
