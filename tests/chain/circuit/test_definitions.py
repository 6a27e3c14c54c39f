"""What a page reads of the definitions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hemicycle.accounts.models import Post, Role
from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit.conditions import When
from hemicycle.chain.circuit.definitions import StepDraft
from tests.cast import TODAY, Cast
from tests.factories import a_circuit, a_dossier

pytestmark = pytest.mark.django_db


def test_a_preview_names_the_people_behind_each_step(cast: Cast) -> None:
    steps = [
        StepDraft(label="Chef", role=Role.HEAD_OF_SERVICE),
        StepDraft(label="Juriste", person_id=cast.legal.pk),
        StepDraft(label="DGA", role=Role.DEPUTY_CHIEF),
    ]
    Post.objects.filter(agent=cast.deputy_chief).delete()

    behind = definitions.who_would(steps, cast.service, on=TODAY)

    assert [(b.label, b.people) for b in behind] == [
        ("Chef", (cast.head_of_service,)),
        ("Juriste", (cast.legal,)),
        ("DGA", ()),
    ]


def test_a_preview_leaves_out_a_step_whose_conditions_do_not_hold(cast: Cast) -> None:
    step = StepDraft(
        label="Finances",
        role=Role.FINANCE,
        when=When(amount_over=Decimal(100), subjects=("7.5",), units=(cast.direction.pk,)),
    )

    def concerned(unit: object, amount: int, code: str) -> bool:
        (behind,) = definitions.who_would([step], unit, on=TODAY, amount=Decimal(amount), subject_code=code)  # type: ignore[arg-type]
        return behind.concerned

    assert concerned(cast.service, 101, "7.5.2")
    assert not concerned(cast.service, 100, "7.5.2")
    assert not concerned(cast.service, 101, "7.52")
    assert not concerned(cast.other_service, 101, "7.5")


def test_units_are_listed_as_a_tree_is_read(cast: Cast) -> None:
    listed = definitions.units(on=TODAY)

    assert listed[0] == cast.general
    assert listed.index(cast.service) == listed.index(cast.direction) + 1


def test_the_list_says_how_many_passages_go_by_each_circuit(cast: Cast) -> None:
    circuit = a_circuit()
    a_dossier(cast, in_circuit=True, circuit=circuit)
    a_dossier(cast, ready=True, circuit=circuit)

    (defined,) = definitions.circuits()

    assert (defined.circuit, defined.running, len(defined.steps)) == (circuit, 1, 3)
