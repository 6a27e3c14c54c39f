"""A circuit as plain data: ordered steps, and the rules that make a visa required."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

#: "one": the one holder of the role. "one_of": any of its holders. "all_of": each of its holders.
StepKind = Literal["one", "one_of", "all_of"]
#: Where the holders are looked for: the unit that drafts, the units above it, or the whole département.
UnitScope = Literal["own", "above", "whole"]


class WorkflowRefused(Exception):
    """Something a circuit does not allow. str() is one French sentence."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a circuit."""

    #: As read on the screen: « Visa de la direction des finances ».
    label: str
    kind: StepKind
    role: str
    unit_scope: UnitScope = "whole"
    #: Working days given to answer; 0 for no deadline.
    days: int = 0
    #: A step that is not required may be passed over, unless a rule requires the visa of its role.
    required: bool = True
    #: Why this visa is asked, in French.
    why: str = ""
    #: Whether a visa given before an edit is asked for again on the edited text.
    again_after_edit: bool = True


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A visa required by the facts of the matter. Every condition stated must hold; none stated: always."""

    role: str
    #: Why the visa is required, in French.
    explanation: str
    #: Strictly above this amount, in euros.
    amount_over: Decimal | None = None
    natures: frozenset[str] = frozenset()
    #: The matière starts with one of these codes: "7.5" holds for "7.5" and "7.5.1", not for "7.52".
    matter_prefixes: tuple[str, ...] = ()
    #: One of these units is the drafting unit or above it.
    units: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Circuit:
    """An ordered list of steps with its rules."""

    name: str
    steps: tuple[Step, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rules look at."""

    amount: Decimal | None = None
    nature: str = ""
    #: Code of the matière: "7.5.1".
    matter: str = ""
    #: The drafting unit, then those above it.
    units: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, kw_only=True)
class RequiredVisa:
    """A visa without which the circuit cannot end, and every reason for it."""

    role: str
    why: str


def required_visas(circuit: Circuit, facts: Facts) -> tuple[RequiredVisa, ...]:
    """The visas this matter needs: the required steps in order, then what the rules add. One per role."""
    reasons: dict[str, list[str]] = {}
    for step in circuit.steps:
        if step.required:
            reasons.setdefault(step.role, []).append(step.why or f"Étape obligatoire : {step.label}.")
    for rule in circuit.rules:
        if _applies(rule, facts):
            reasons.setdefault(rule.role, []).append(rule.explanation)
    return tuple(RequiredVisa(role=role, why=" ".join(dict.fromkeys(whys))) for role, whys in reasons.items())


def check_circuit(circuit: Circuit) -> None:
    """Refuse a circuit that could not be walked.

    Raises WorkflowRefused.
    """
    if not circuit.steps:
        raise WorkflowRefused(f"Le circuit « {circuit.name} » n’a aucune étape ; ajoutez-en une.")
    roles = {step.role for step in circuit.steps}
    for step in circuit.steps:
        if step.days < 0:
            raise WorkflowRefused(f"Le délai de l’étape « {step.label} » est négatif ; corrigez-le.")
    for rule in circuit.rules:
        if rule.role not in roles:
            raise WorkflowRefused(
                f"Une règle du circuit « {circuit.name} » exige le visa « {rule.role} », "
                "qu’aucune étape ne prévoit ; ajoutez l’étape ou retirez la règle."
            )


def _applies(rule: Rule, facts: Facts) -> bool:
    if rule.amount_over is not None and (facts.amount is None or facts.amount <= rule.amount_over):
        return False
    if rule.natures and facts.nature not in rule.natures:
        return False
    if rule.matter_prefixes and not _under(facts.matter, rule.matter_prefixes):
        return False
    if rule.units and rule.units.isdisjoint(facts.units):
        return False
    return not rule.bodies or facts.body in rule.bodies


def _under(matter: str, prefixes: Sequence[str]) -> bool:
    return any(matter == prefix or matter.startswith(f"{prefix}.") for prefix in prefixes)
