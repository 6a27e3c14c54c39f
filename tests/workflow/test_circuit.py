"""The rules that make a visa required."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hemicycle.workflow.circuit import (
    Circuit,
    Facts,
    Rule,
    Step,
    WorkflowRefused,
    check_circuit,
    required_visas,
)

STEPS = (
    Step(label="Visa du juriste", kind="one", role="juriste", required=False),
    Step(label="Visa du DGS", kind="one", role="dgs", why="Le DGS vise tout projet."),
)


def _roles(rule: Rule, facts: Facts) -> set[str]:
    circuit = Circuit(name="Essai", steps=STEPS, rules=(rule,))
    return {visa.role for visa in required_visas(circuit, facts)}


@pytest.mark.parametrize(
    ("rule", "yes", "no"),
    [
        (
            Rule(role="juriste", explanation="x", amount_over=Decimal(100)),
            Facts(amount=Decimal("100.01")),
            Facts(amount=Decimal(100)),
        ),
        (Rule(role="juriste", explanation="x", amount_over=Decimal(100)), Facts(amount=Decimal(101)), Facts()),
        (Rule(role="juriste", explanation="x", natures=frozenset({"4"})), Facts(nature="4"), Facts(nature="1")),
        (
            Rule(role="juriste", explanation="x", matter_prefixes=("7.5",)),
            Facts(matter="7.5.1"),
            Facts(matter="7.52"),
        ),
        (
            Rule(role="juriste", explanation="x", units=frozenset({"DRM"})),
            Facts(units=("SPOA", "DRM")),
            Facts(units=("DIRFIN",)),
        ),
        (
            Rule(role="juriste", explanation="x", bodies=frozenset({"council"})),
            Facts(body="council"),
            Facts(body="standing_committee"),
        ),
    ],
)
def test_a_rule_requires_its_visa_when_its_condition_holds(rule: Rule, yes: Facts, no: Facts) -> None:
    assert _roles(rule, yes) == {"juriste", "dgs"}
    assert _roles(rule, no) == {"dgs"}


def test_every_condition_of_a_rule_must_hold() -> None:
    rule = Rule(role="juriste", explanation="x", amount_over=Decimal(10), natures=frozenset({"4"}))

    assert "juriste" not in _roles(rule, Facts(amount=Decimal(11), nature="1"))


def test_a_visa_required_for_two_reasons_says_both_once() -> None:
    rules = (
        Rule(role="juriste", explanation="Convention."),
        Rule(role="juriste", explanation="Montant élevé."),
        Rule(role="juriste", explanation="Convention."),
    )

    visas = required_visas(Circuit(name="Essai", steps=STEPS, rules=rules), Facts())

    assert [(visa.role, visa.why) for visa in visas] == [
        ("dgs", "Le DGS vise tout projet."),
        ("juriste", "Convention. Montant élevé."),
    ]


@pytest.mark.parametrize(
    ("circuit", "sentence"),
    [
        (Circuit(name="Vide", steps=()), "aucune étape"),
        (
            Circuit(name="Essai", steps=STEPS, rules=(Rule(role="daj", explanation="x"),)),
            "qu’aucune étape ne prévoit",
        ),
        (
            Circuit(name="Essai", steps=(Step(label="Visa", kind="one", role="dgs", days=-1),)),
            "négatif",
        ),
    ],
)
def test_a_circuit_that_cannot_be_walked_is_refused(circuit: Circuit, sentence: str) -> None:
    with pytest.raises(WorkflowRefused, match=sentence):
        check_circuit(circuit)
