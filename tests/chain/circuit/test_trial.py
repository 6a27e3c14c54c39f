"""A rule tried on past dossiers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.actions.save_desk import save_desk
from hemicycle.chain.circuit.conditions import When
from hemicycle.chain.circuit.models import CircuitStep
from hemicycle.chain.circuit.trial import Trial, try_rule
from hemicycle.dossier.models import ActType
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_circuit, a_dossier

pytestmark = pytest.mark.django_db

ABOVE = When(amount_over=Decimal(90000))


def tried(cast: Cast, when: When = ABOVE, **given: Any) -> Trial:
    facts: dict[str, Any] = {
        "role": Role.FINANCE,
        "desk_id": None,
        "first_day": TODAY - dt.timedelta(days=365),
        "last_day": TODAY,
        "agent": cast.clerk,
        "on": TODAY,
    }
    return try_rule(when=when, **(facts | given))


def submitted(cast: Cast, *roles: Role, **fields: Any) -> Any:
    return a_dossier(cast, in_circuit=True, circuit=a_circuit(*(roles or (Role.LEGAL,))), **fields)


def elsewhere(cast: Cast) -> dict[str, Any]:
    return {"unit": cast.other_service, "drafter": cast.neighbour}


def test_it_counts_the_visas_it_would_have_added_per_direction(cast: Cast) -> None:
    dear = submitted(cast, amount=100_000)
    submitted(cast, amount=90_000)
    submitted(cast, amount=None)
    submitted(cast, Role.FINANCE, amount=200_000)
    submitted(cast, amount=300_000, **elsewhere(cast))

    trial = tried(cast)

    assert (trial.dossiers, trial.concerned, trial.added, trial.already) == (5, 3, 2, 1)
    assert [(s.direction, s.dossiers, s.added) for s in trial.shares] == [
        (cast.direction, 4, 1),
        (cast.other_direction, 1, 1),
    ]
    assert dear in trial.examples


def test_examples_are_those_that_the_reader_may_see(cast: Cast) -> None:
    submitted(cast, amount=100_000, **elsewhere(cast))

    trial = tried(cast, agent=cast.head_of_service)

    assert (trial.added, trial.examples) == (1, ())


def test_a_dossier_submitted_outside_the_period_or_never_is_left_out(cast: Cast) -> None:
    submitted(cast, amount=100_000, at=NOON - dt.timedelta(days=400))
    a_dossier(cast, amount=100_000)

    assert tried(cast).dossiers == 0


def test_a_matiere_holds_for_what_is_under_it_alone(cast: Cast) -> None:
    for code in ("7.5", "7.5.1", "7.52"):
        submitted(cast, subject_code=code)

    assert tried(cast, When(subjects=("7.5",))).added == 2


def test_units_and_types_are_conditions_too(cast: Cast) -> None:
    grant = ActType.objects.create(name="Subvention")
    submitted(cast, act_type=grant)
    submitted(cast, act_type=grant, **elsewhere(cast))
    submitted(cast)

    assert tried(cast, When(act_types=(grant.pk,))).added == 2
    assert tried(cast, When(units=(cast.direction.pk,))).added == 2
    assert tried(cast, When(units=(cast.direction.pk,), act_types=(grant.pk,))).added == 1


def test_a_desk_already_in_the_circuit_adds_nothing(cast: Cast) -> None:
    desk = save_desk(desk_id=None, name="Guichet", people=[cast.finance.pk], agent=cast.clerk, at=NOON)
    circuit = a_circuit(Role.LEGAL)
    CircuitStep.objects.create(circuit=circuit, order=9, label="Guichet", desk=desk)
    with_desk = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL), amount=100_000)
    with_desk.run.steps.create(order=9, label="Guichet")
    submitted(cast, amount=100_000)

    trial = tried(cast, role="", desk_id=desk.pk)

    assert (trial.concerned, trial.added) == (2, 1)


def test_it_asks_as_much_for_thirty_dossiers_as_for_three(cast: Cast) -> None:
    counts = []
    for how_many in (3, 27):
        for _ in range(how_many):
            submitted(cast, amount=100_000)
        with CaptureQueriesContext(connection) as queries:
            tried(cast)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 6
