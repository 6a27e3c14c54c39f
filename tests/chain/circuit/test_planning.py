"""Which visas a dossier needs: the circuit as it applies, and what the rules add."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from hemicycle.accounts.models import Post, Role
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.actions.submit import CircuitRefused, submit
from hemicycle.chain.circuit.models import Circuit, Desk, DeskSeat, RunStep, StepKind, VisaRule
from hemicycle.chain.circuit.queries import missing_visas, steps_of
from hemicycle.dossier.models import ActType, Dossier
from tests.cast import NOON, SINCE, TODAY, Cast
from tests.factories import a_circuit, a_dossier

pytestmark = pytest.mark.django_db


def a_rule(role: str = Role.FINANCE, **fields: Any) -> VisaRule:
    name = fields.pop("name", "Finances au-delà de 10 000 €")
    given = {"role": role, "why": "car le montant dépasse 10 000 €", "active": True, "amount_over": Decimal(10000)}
    return VisaRule.objects.create(name=name, **(given | fields))


def a_desk(*people: Any, name: str = "Guichet des subventions") -> Desk:
    desk = Desk.objects.create(name=name)
    for agent in people:
        DeskSeat.objects.create(desk=desk, agent=agent, valid_from=SINCE)
    return desk


def sent(cast: Cast, dossier: Dossier, circuit: Circuit | None = None) -> list[str]:
    circuit_id = (circuit or a_circuit()).pk
    submit(dossier_id=dossier.id, circuit_id=circuit_id, agent=cast.drafter, at=NOON)
    return [view.label for view in steps_of(dossier)]


def test_a_rule_adds_its_visa_with_its_reason(cast: Cast) -> None:
    rule, dossier = a_rule(), a_dossier(cast)

    assert sent(cast, dossier) == ["Chef de service", "Juridique", "Cabinet", "Finances"]

    step = RunStep.objects.get(run__dossier=dossier, role=Role.FINANCE)
    assert (step.origin, step.rule, step.required, step.why) == ("rule", rule, True, rule.why)
    assert list(step.assignees.all()) == [cast.finance]


def test_it_goes_before_the_role_it_names(cast: Cast) -> None:
    a_rule(before_role=Role.LEGAL)

    assert sent(cast, a_dossier(cast)) == ["Chef de service", "Finances", "Juridique", "Cabinet"]


def test_where_the_circuit_has_it_the_step_becomes_required_and_says_both_reasons(cast: Cast) -> None:
    a_rule(Role.LEGAL)
    circuit, dossier = a_circuit(), a_dossier(cast)
    circuit.steps.filter(role=Role.LEGAL).update(required=False, why="car une convention est jointe")

    assert sent(cast, dossier, circuit) == ["Chef de service", "Juridique", "Cabinet"]

    step = RunStep.objects.get(run__dossier=dossier, role=Role.LEGAL)
    assert step.required
    assert step.why == "car une convention est jointe ; car le montant dépasse 10 000 €"
    assert "Juridique" in missing_visas(dossier)


@pytest.mark.parametrize(
    "fields",
    [
        {"active": False},
        {"amount_over": Decimal(12000)},
        {"subjects": ["7.1", "8"]},
        {"act_types": [987654]},
    ],
)
def test_a_rule_that_is_off_or_does_not_concern_the_dossier_adds_nothing(cast: Cast, fields: dict[str, Any]) -> None:
    a_rule(**fields)

    assert sent(cast, a_dossier(cast)) == ["Chef de service", "Juridique", "Cabinet"]


def test_every_condition_of_a_rule_must_hold(cast: Cast) -> None:
    grant = ActType.objects.create(name="Subvention")
    a_rule(subjects=["7"], act_types=[grant.pk], units=[cast.direction.pk])

    assert "Finances" in sent(cast, a_dossier(cast, act_type=grant))
    assert "Finances" not in sent(cast, a_dossier(cast))


def test_conditions_hold_for_the_steps_of_a_circuit_too(cast: Cast) -> None:
    circuit = a_circuit(Role.HEAD_OF_SERVICE, Role.FINANCE)
    circuit.steps.filter(role=Role.FINANCE).update(subjects=["8.1"])

    assert sent(cast, a_dossier(cast), circuit) == ["Chef de service"]


def test_people_at_a_desk_give_its_visa_while_they_sit_there(cast: Cast) -> None:
    desk = a_desk(cast.outsider, cast.director, cast.finance)
    DeskSeat.objects.filter(agent=cast.director).update(valid_to=TODAY - dt.timedelta(days=1))
    a_rule(role="", desk=desk, name="Guichet")
    dossier = a_dossier(cast)

    assert sent(cast, dossier)[-1] == "Guichet des subventions"
    assert steps_of(dossier)[-1].people == (cast.outsider, cast.finance)


def test_one_of_a_desk_is_enough(cast: Cast) -> None:
    circuit = a_circuit(Role.LEGAL)
    circuit.steps.update(role="", desk=a_desk(cast.outsider, cast.finance), label="Guichet", kind=StepKind.ONE_OF)
    dossier = a_dossier(cast)
    sent(cast, dossier, circuit)

    give_visa(dossier_id=dossier.id, agent=cast.finance, version_read=1, at=NOON)

    assert [view.state for view in steps_of(dossier)] == ["given"]


def test_an_empty_desk_is_refused_and_named(cast: Cast, nothing_written: Any) -> None:
    a_rule(role="", desk=a_desk())
    dossier, circuit = a_dossier(cast), a_circuit()

    with pytest.raises(CircuitRefused, match="ne siège au guichet « Guichet des subventions »"), nothing_written():
        sent(cast, dossier, circuit)


def test_a_person_who_left_is_refused_and_named(cast: Cast, nothing_written: Any) -> None:
    circuit, dossier = a_circuit(), a_dossier(cast)
    circuit.steps.filter(role=Role.LEGAL).update(role="", person=cast.legal)
    cast.legal.is_active = False
    cast.legal.save()

    with pytest.raises(CircuitRefused, match="attend Jules Juriste, dont le compte est fermé"), nothing_written():
        sent(cast, dossier, circuit)


def test_a_circuit_that_nobody_could_walk_is_refused(cast: Cast, nothing_written: Any) -> None:
    circuit, dossier = a_circuit(Role.FINANCE), a_dossier(cast)
    circuit.steps.update(required=False)
    Post.objects.filter(role=Role.FINANCE).delete()

    with pytest.raises(CircuitRefused, match="n’a aucune étape pour ce dossier"), nothing_written():
        sent(cast, dossier, circuit)


# --- After a correction, the data are looked at again ----------------------------------------------------------


def corrected(cast: Cast, dossier: Dossier, **changes: Any) -> list[str]:
    send_back(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, reason="Le montant.", at=NOON)
    Dossier.objects.filter(pk=dossier.pk).update(**changes)
    submit(dossier_id=dossier.id, circuit_id=0, agent=cast.drafter, at=NOON)
    return [view.label for view in steps_of(dossier)]


def test_an_amount_raised_in_a_correction_calls_for_the_visa_it_needs(cast: Cast) -> None:
    a_rule(amount_over=Decimal(90000), before_role=Role.CABINET)
    dossier = a_dossier(cast)
    sent(cast, dossier)

    assert corrected(cast, dossier, amount=Decimal(95000)) == ["Chef de service", "Juridique", "Finances", "Cabinet"]
    assert "Finances" in missing_visas(dossier)


def test_so_does_a_step_of_the_circuit_above_an_amount(cast: Cast) -> None:
    circuit = a_circuit(Role.HEAD_OF_SERVICE, Role.FINANCE, Role.CABINET)
    circuit.steps.filter(role=Role.FINANCE).update(amount_over=Decimal(23000))
    dossier = a_dossier(cast)
    sent(cast, dossier, circuit)

    assert corrected(cast, dossier, amount=Decimal(30000)) == ["Chef de service", "Finances", "Cabinet"]


def test_a_visa_once_asked_is_asked_for_good(cast: Cast) -> None:
    a_rule()
    dossier = a_dossier(cast)
    before = sent(cast, dossier)

    assert corrected(cast, dossier, amount=Decimal(5)) == before
