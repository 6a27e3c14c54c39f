"""The end of a hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.circuit.actions.give_visa import NotYourTurn, give_visa
from hemicycle.chain.circuit.actions.hold import hold
from hemicycle.chain.circuit.actions.release import NotHeld, release
from hemicycle.chain.circuit.models import RunStep
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db

#: NOON is a Tuesday.
WEDNESDAY = NOON + dt.timedelta(days=1)
NEXT_MONDAY = NOON + dt.timedelta(days=6)


def held(cast: Cast) -> Dossier:
    """Opened on Tuesday with three working days, held on Wednesday."""
    dossier = a_dossier(cast, in_circuit=True)
    for agent in (cast.head_of_service, cast.legal):
        give_visa(dossier_id=dossier.id, agent=agent, version_read=1, at=NOON)
    hold(dossier_id=dossier.id, reason="Arbitrage.", agent=cast.cabinet, at=WEDNESDAY)
    return dossier


def test_the_days_that_were_left_run_again(cast: Cast) -> None:
    dossier = held(cast)

    step = release(dossier_id=dossier.id, agent=cast.cabinet, at=NEXT_MONDAY)

    assert (step.held_at, step.held_by, step.held_why) == (None, None, "")
    # Two working days were left: Tuesday and Wednesday.
    assert step.due_on == dt.date(2026, 12, 2)
    assert told.by(cast.cabinet, "cabinet", "circuit.released")


def test_one_day_is_left_at_least(cast: Cast) -> None:
    dossier = held(cast)
    RunStep.objects.filter(run__dossier=dossier, order=3).update(days=1)

    assert release(dossier_id=dossier.id, agent=cast.cabinet, at=NEXT_MONDAY).due_on == dt.date(2026, 12, 1)


@pytest.mark.parametrize("who", ["legal", "clerk", "chief_executive"])
def test_the_cabinet_alone_ends_it(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = held(cast)

    with pytest.raises(NotYourTurn), nothing_written():
        release(dossier_id=dossier.id, agent=getattr(cast, who), at=NEXT_MONDAY)


def test_what_is_not_held_is_not_released(cast: Cast, nothing_written: Any) -> None:
    dossier, ready = held(cast), a_dossier(cast, ready=True)
    release(dossier_id=dossier.id, agent=cast.cabinet, at=NEXT_MONDAY)

    with pytest.raises(NotHeld), nothing_written():
        release(dossier_id=dossier.id, agent=cast.cabinet, at=NEXT_MONDAY)
    with pytest.raises(MoveNotAllowed), nothing_written():
        release(dossier_id=ready.id, agent=cast.cabinet, at=NEXT_MONDAY)
