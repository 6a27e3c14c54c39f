"""The Cabinet's hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.circuit.actions.give_visa import NotYourTurn, OwnDraft, give_visa
from hemicycle.chain.circuit.actions.hold import AlreadyHeld, ReasonMissing, hold
from hemicycle.chain.circuit.models import RunStep
from hemicycle.chain.circuit.queries import in_tray, steps_of, waiting_at
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_delegation, a_dossier

pytestmark = pytest.mark.django_db


def at_cabinet(cast: Cast) -> Dossier:
    dossier = a_dossier(cast, in_circuit=True)
    for agent in (cast.head_of_service, cast.legal):
        give_visa(dossier_id=dossier.id, agent=agent, version_read=1, at=NOON)
    return dossier


def held(dossier: Dossier, agent: Any, reason: str = "Arbitrage du président attendu.") -> RunStep:
    return hold(dossier_id=dossier.id, reason=reason, agent=agent, at=NOON + dt.timedelta(days=1))


def test_nothing_is_late_while_it_is_held(cast: Cast) -> None:
    dossier = at_cabinet(cast)

    step = held(dossier, cast.cabinet)

    waiting = waiting_at([dossier])[dossier.pk]
    assert (waiting.held, waiting.due_on) == (True, None)
    assert (steps_of(dossier)[2].held_by, steps_of(dossier)[2].held_why) == (cast.cabinet, step.held_why)
    (entry,) = in_tray(cast.cabinet, on=TODAY)
    assert entry.awaited.held_at is not None
    assert told.by(cast.cabinet, "cabinet", "circuit.held")


def test_a_visa_ends_the_hold(cast: Cast) -> None:
    dossier = at_cabinet(cast)
    held(dossier, cast.cabinet)

    give_visa(dossier_id=dossier.id, agent=cast.cabinet, version_read=1, at=NOON + dt.timedelta(days=2))

    step = RunStep.objects.get(run__dossier=dossier, order=3)
    assert (step.held_at, step.held_by, step.held_why) == (None, None, "")


def test_whoever_stands_in_for_the_cabinet_may(cast: Cast) -> None:
    dossier = at_cabinet(cast)
    a_delegation(cast.cabinet, cast.outsider)

    assert held(dossier, cast.outsider).held_by == cast.outsider


@pytest.mark.parametrize("who", ["legal", "chief_executive", "president", "clerk", "outsider"])
def test_nobody_else_holds(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = at_cabinet(cast)

    with pytest.raises(NotYourTurn, match="n’attend pas votre visa pour le Cabinet"), nothing_written():
        held(dossier, getattr(cast, who))


def test_nor_the_cabinet_before_its_turn(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(NotYourTurn), nothing_written():
        held(dossier, cast.cabinet)


def test_nor_one_s_own_draft_nor_twice_nor_without_a_reason(cast: Cast, nothing_written: Any) -> None:
    own, dossier = at_cabinet(cast), at_cabinet(cast)
    Dossier.objects.filter(pk=own.pk).update(drafter=cast.cabinet)
    with pytest.raises(OwnDraft), nothing_written():
        held(own, cast.cabinet)
    with pytest.raises(ReasonMissing), nothing_written():
        held(dossier, cast.cabinet, reason=" ")
    held(dossier, cast.cabinet)

    with pytest.raises(AlreadyHeld), nothing_written():
        held(dossier, cast.cabinet)


@pytest.mark.parametrize("trait", ["to_correct", "ready"])
def test_out_of_the_circuit_nothing_is_held(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(MoveNotAllowed), nothing_written():
        held(dossier, cast.cabinet)
