"""Defining a circuit of visas."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit.actions.retire_circuit import retire_circuit
from hemicycle.chain.circuit.actions.save_circuit import ChangedMeanwhile, CircuitInvalid, save_circuit
from hemicycle.chain.circuit.actions.save_desk import save_desk
from hemicycle.chain.circuit.conditions import When
from hemicycle.chain.circuit.definitions import StepDraft
from hemicycle.chain.circuit.models import Circuit, Desk, RunStep
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_circuit, a_dossier

pytestmark = pytest.mark.django_db

HEAD = StepDraft(label="Chef de service", role=Role.HEAD_OF_SERVICE)
LEGAL = StepDraft(label="Juridique", role=Role.LEGAL, kind="all_of", days=5, when=When(amount_over=Decimal(23000)))


def save(cast: Cast, *steps: StepDraft, **given: Any) -> Circuit:
    facts: dict[str, Any] = {"circuit_id": None, "name": "Circuit court", "unit_id": None, "agent": cast.clerk}
    return save_circuit(steps=steps, at=NOON, **(facts | given))


def test_the_steps_are_kept_in_order_with_all_that_was_said_of_them(cast: Cast) -> None:
    person = StepDraft(label="Vice-présidence", person_id=cast.members[1].agent.pk, required=False, why="pour avis")

    circuit = save(cast, HEAD, LEGAL, person, unit_id=cast.direction.pk)

    kept = definitions.circuit(circuit.pk)
    assert [definitions.draft_of(step) for step in kept.steps] == [HEAD, LEGAL, person]
    assert [step.order for step in kept.steps] == [1, 2, 3]
    assert kept.circuit.unit == cast.direction
    assert told.by(cast.clerk, Role.ASSEMBLY_OFFICE, "circuit.circuit_saved")


def test_a_passage_under_way_keeps_the_steps_it_started_with(cast: Cast) -> None:
    circuit = a_circuit(Role.HEAD_OF_SERVICE, Role.CABINET)
    a_dossier(cast, in_circuit=True, circuit=circuit)

    save(cast, LEGAL, circuit_id=circuit.pk, name=circuit.name)

    assert [s.label for s in RunStep.objects.order_by("order")] == ["Chef de service", "Cabinet"]
    assert [s.label for s in definitions.circuit(circuit.pk).steps] == ["Juridique"]
    assert definitions.circuit(circuit.pk).running == 1


def test_saving_a_retired_circuit_offers_it_again(cast: Cast) -> None:
    circuit = save(cast, HEAD)
    retire_circuit(circuit_id=circuit.pk, agent=cast.clerk, at=NOON)

    again = save(cast, HEAD, circuit_id=circuit.pk)

    assert again.active


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([], "au moins une étape"),
        ([HEAD] * 31, "30 étapes au plus"),
        ([StepDraft(label="Avis", role=Role.LEGAL, required=False)], "Aucune étape n’est requise"),
        ([StepDraft(label=" \n", role=Role.LEGAL)], "n’a pas de nom"),
        ([StepDraft(label="Personne")], "L’étape 1, « Personne », ne dit pas de qui"),
        ([StepDraft(label="Deux", role=Role.LEGAL, desk_id=1)], "ne dit pas de qui"),
        ([StepDraft(label="Coursier", role=Role.COURIER)], "une fonction qui ne vise pas"),
        ([StepDraft(label="Long", role=Role.LEGAL, days=61)], "donne 61 jours"),
        ([StepDraft(label="Genre", role=Role.LEGAL, kind="some")], "n’est ni"),
        ([StepDraft(label="Guichet", desk_id=999)], "guichet fermé"),
        ([StepDraft(label="Moins", role=Role.LEGAL, when=When(amount_over=Decimal(-1)))], "montant négatif"),
    ],
)
def test_a_circuit_that_could_not_be_walked_is_refused(
    cast: Cast, nothing_written: Any, steps: list[StepDraft], said: str
) -> None:
    with pytest.raises(CircuitInvalid, match=said), nothing_written():
        save(cast, *steps)


def test_a_step_that_awaits_a_person_who_left_is_refused(cast: Cast, nothing_written: Any) -> None:
    Agent.objects.filter(pk=cast.legal.pk).update(is_active=False)

    with pytest.raises(CircuitInvalid, match="a quitté la collectivité"), nothing_written():
        save(cast, StepDraft(label="Juriste", person_id=cast.legal.pk))


def test_a_desk_where_nobody_sits_any_more_is_refused(cast: Cast, nothing_written: Any) -> None:
    desk = save_desk(desk_id=None, name="Guichet", people=[cast.legal.pk], agent=cast.clerk, at=NOON)
    Agent.objects.filter(pk=cast.legal.pk).update(is_active=False)

    with pytest.raises(CircuitInvalid, match="personne ne siège"), nothing_written():
        save(cast, StepDraft(label="Guichet", desk_id=desk.pk))
    assert Desk.objects.get().active


def test_two_circuits_of_one_name_are_refused(cast: Cast, nothing_written: Any) -> None:
    save(cast, HEAD)

    with pytest.raises(CircuitInvalid, match="s’appelle déjà"), nothing_written():
        save(cast, HEAD, name="CIRCUIT court")


def test_what_another_saved_meanwhile_is_not_overwritten(cast: Cast, nothing_written: Any) -> None:
    circuit = save(cast, HEAD)
    seen = definitions.digest_of(circuit)
    save(cast, HEAD, LEGAL, circuit_id=circuit.pk, base=seen)

    with pytest.raises(ChangedMeanwhile), nothing_written():
        save(cast, LEGAL, circuit_id=circuit.pk, base=seen)


def test_only_the_service_des_assemblees_defines_circuits(cast: Cast, nothing_written: Any) -> None:
    for agent in (cast.drafter, cast.administrator, cast.chief_executive):
        with pytest.raises(NotEntitled), nothing_written():
            save(cast, HEAD, agent=agent)
