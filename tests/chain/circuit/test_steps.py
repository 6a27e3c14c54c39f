"""The proof of the required visas: who, when, on which text, in whose name."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.accounts.models import Post, Role
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.actions.ask_opinion import ask_opinion
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.models import CircuitRun, RunStep, StepKind
from hemicycle.chain.circuit.queries import in_tray, required_of, steps_of, waiting_at
from hemicycle.dossier import versions
from hemicycle.dossier.models import Dossier
from hemicycle.workflow import passage
from tests.cast import NOON, SINCE, TODAY, Cast
from tests.factories import a_circuit, a_delegation, a_dossier

pytestmark = pytest.mark.django_db


def visa(dossier: Dossier, agent: Any, **given: Any) -> Any:
    return give_visa(dossier_id=dossier.id, agent=agent, version_read=1, at=NOON, **given)


def test_a_visa_given_says_on_which_text_by_whom_and_for_whom(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    RunStep.objects.filter(run__dossier=dossier, order=1).update(why="car le service instruit")
    a_delegation(cast.head_of_service, cast.outsider)
    visa(dossier, cast.outsider, on_behalf_of_id=cast.head_of_service.id, remark="Sauf l’annexe 2.", reserved=True)

    proof, other, _ = required_of(dossier)

    assert (proof.label, proof.why, proof.state) == ("Chef de service", "car le service instruit", "given")
    assert (proof.version, proof.digest, proof.when) == (1, versions.current(dossier).digest, NOON)
    assert (proof.person, proof.in_whose_name, proof.delegation) == (
        cast.outsider,
        cast.head_of_service,
        "Arrêté 2026-17",
    )
    assert (proof.reserved, proof.remark) == (True, "Sauf l’annexe 2.")
    assert (other.state, other.person, other.version) == ("missing", None, None)


def test_where_all_must_give_one_is_not_enough(cast: Cast) -> None:
    Post.objects.create(agent=cast.outsider, role=Role.LEGAL, valid_from=SINCE)
    dossier = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL, Role.CABINET, kind=StepKind.ALL_OF))
    visa(dossier, cast.legal)
    RunStep.objects.filter(run__dossier=dossier).update(opened_at=None)

    assert required_of(dossier)[0].state == "missing"


def test_a_visa_that_is_not_required_is_no_proof(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    RunStep.objects.filter(run__dossier=dossier, order=2).update(required=False)

    assert [v.label for v in required_of(dossier)] == ["Chef de service", "Cabinet"]


def test_the_page_and_the_passage_agree_on_what_is_settled(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    RunStep.objects.filter(run__dossier=dossier, order=1).update(again_after_edit=False)
    for agent in (cast.head_of_service, cast.legal):
        visa(dossier, agent)
    Dossier.objects.filter(pk=dossier.pk).update(object="Autre objet")
    dossier.refresh_from_db()
    versions.freeze(dossier, by=cast.drafter, at=NOON)

    state = passages.of(CircuitRun.objects.get())

    assert [view.state for view in steps_of(dossier)] == ["given", "stale", "awaited"]
    assert [passage.settled(state, rank) for rank in range(3)] == [True, False, False]


def test_reading_costs_the_same_for_one_dossier_or_many(cast: Cast) -> None:
    dossiers = [a_dossier(cast, in_circuit=True) for _ in range(4)]
    ask_opinion(
        dossier_id=dossiers[0].id,
        agent=cast.head_of_service,
        version_read=1,
        whom_id=cast.finance.id,
        question="?",
        at=NOON,
    )

    def cost(read: Any) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read()
        return len(queries)

    assert cost(lambda: waiting_at(dossiers)) == cost(lambda: waiting_at(dossiers[1:2])) == 2
    assert cost(lambda: steps_of(dossiers[0])) == cost(lambda: steps_of(dossiers[1])) == 3
    assert cost(lambda: in_tray(cast.head_of_service, on=TODAY)) == cost(lambda: in_tray(cast.finance, on=TODAY)) == 2
