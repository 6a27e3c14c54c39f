"""A step whose people left: the service des assemblées names others."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from hemicycle.accounts.models import Post, Role
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.reassign_step import ReassignmentRefused, reassign_step
from hemicycle.chain.circuit.models import RunStep, StepKind
from hemicycle.chain.circuit.queries import in_tray, steps_of
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, SINCE, TODAY, Cast
from tests.chain import told
from tests.factories import a_circuit, a_dossier

pytestmark = pytest.mark.django_db


def reassigned(dossier: Dossier, order: int, *people: Any, **given: Any) -> RunStep:
    step = RunStep.objects.get(run__dossier=dossier, order=order)
    fields: dict[str, Any] = {"reason": "Mutation.", "at": NOON, "agent_ids": [a.id for a in people]}
    return reassign_step(step_id=step.pk, **(fields | given))


def left(cast: Cast) -> Dossier:
    """The head of service left while the visa was awaited."""
    dossier = a_dossier(cast, in_circuit=True)
    cast.head_of_service.is_active = False
    cast.head_of_service.save()
    return dossier


def test_whoever_left_is_named_on_the_page(cast: Cast) -> None:
    dossier = left(cast)

    assert steps_of(dossier)[0].gone == (cast.head_of_service,)


def test_another_gives_the_visa(cast: Cast) -> None:
    dossier = left(cast)

    reassigned(dossier, 1, cast.director, agent=cast.clerk)

    assert access.may_read(cast.director, dossier, on=TODAY)
    assert [entry.dossier for entry in in_tray(cast.director, on=TODAY)] == [dossier]
    assert steps_of(dossier)[0].gone == ()
    assert told.by(cast.clerk, "assembly_office", "circuit.step_reassigned")
    assert told.last()["facts"] == {
        "step": "Chef de service",
        "before": ["Chems Chef"],
        "after": ["Dina Directrice"],
        "reason": "Mutation.",
    }
    give_visa(dossier_id=dossier.id, agent=cast.director, version_read=1, at=NOON)
    assert steps_of(dossier)[0].state == "given"


def test_a_step_to_come_may_be_too(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    reassigned(dossier, 2, cast.finance, cast.outsider, agent=cast.clerk)

    assert set(steps_of(dossier)[1].people) == {cast.finance, cast.outsider}
    assert not access.may_read(cast.outsider, dossier, on=TODAY)


def test_when_those_who_are_left_have_all_given_the_dossier_goes_on(cast: Cast) -> None:
    Post.objects.create(agent=cast.outsider, role=Role.LEGAL, valid_from=SINCE)
    dossier = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL, kind=StepKind.ALL_OF))
    give_visa(dossier_id=dossier.id, agent=cast.legal, version_read=1, at=NOON)

    reassigned(dossier, 1, cast.legal, agent=cast.clerk)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.READY


@pytest.mark.parametrize("who", ["drafter", "director", "chief_executive", "administrator", "cabinet"])
def test_the_service_des_assemblees_alone_does_it(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = left(cast)

    with pytest.raises(NotEntitled), nothing_written():
        reassigned(dossier, 1, cast.director, agent=getattr(cast, who))


def test_wrong_people_are_refused_each_in_a_sentence(cast: Cast, nothing_written: Any) -> None:
    dossier = left(cast)
    RunStep.objects.filter(run__dossier=dossier, order=1).update(kind=StepKind.ONE)

    for people, sentence in (
        ((), "au moins une personne"),
        ((cast.head_of_service,), "Le compte de Chems Chef est fermé"),
        ((cast.drafter,), "rédige ce dossier"),
        ((cast.director, cast.legal), "attend une seule personne"),
    ):
        with pytest.raises(ReassignmentRefused, match=sentence), nothing_written():
            reassigned(dossier, 1, *people, agent=cast.clerk)
    with pytest.raises(ReassignmentRefused, match="au moins une personne"), nothing_written():
        reassigned(dossier, 1, agent=cast.clerk, agent_ids=[uuid4()])
    with pytest.raises(ReassignmentRefused, match="pourquoi"), nothing_written():
        reassigned(dossier, 1, cast.director, agent=cast.clerk, reason=" ")


def test_a_step_already_settled_waits_for_nobody(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, at=NOON)

    with pytest.raises(ReassignmentRefused, match="est franchie"), nothing_written():
        reassigned(dossier, 1, cast.director, agent=cast.clerk)
    with pytest.raises(ReassignmentRefused, match="n’existe plus"), nothing_written():
        reassign_step(step_id=987654, agent_ids=[cast.legal.id], reason="?", agent=cast.clerk, at=NOON)


def test_nor_a_passage_that_is_over(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, ready=True)

    with pytest.raises(MoveNotAllowed), nothing_written():
        reassigned(dossier, 1, cast.director, agent=cast.clerk)
