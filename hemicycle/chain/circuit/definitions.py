"""Circuits, rules and desks as they are defined: what travels from a page, and what a page may read of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role, Unit
from hemicycle.chain.circuit import conditions
from hemicycle.chain.circuit.conditions import When
from hemicycle.chain.circuit.models import (
    Circuit,
    CircuitStep,
    Desk,
    DeskSeat,
    StepKind,
    VisaRule,
)
from hemicycle.dossier.models import ActType, Dossier

MOST_STEPS = 30
MOST_DAYS = 60

#: What a step or a rule may await, in the order of the way up; the others give no visa.
ROLES = (
    Role.HEAD_OF_SERVICE,
    Role.DIRECTOR,
    Role.DEPUTY_CHIEF,
    Role.FINANCE,
    Role.LEGAL,
    Role.CHIEF_EXECUTIVE,
    Role.SECRETARIAT,
    Role.CABINET,
    Role.ASSEMBLY_OFFICE,
    Role.PRESIDENT,
)
#: The three kinds of step, as a reader says them.
KINDS: dict[str, str] = {
    StepKind.ONE: "une personne",
    StepKind.ONE_OF: "une des personnes",
    StepKind.ALL_OF: "toutes les personnes",
}


@dataclass(frozen=True, kw_only=True)
class StepDraft:
    """A step as it is typed: who it awaits is a role, a desk or a person, one of the three."""

    label: str = ""
    kind: str = StepKind.ONE
    role: str = ""
    desk_id: int | None = None
    person_id: UUID | None = None
    #: Working days.
    days: int = 3
    required: bool = True
    why: str = ""
    again_after_edit: bool = True
    when: When = field(default_factory=When)


def draft_of(step: CircuitStep) -> StepDraft:
    return StepDraft(
        label=step.label,
        kind=step.kind,
        role=step.role,
        desk_id=step.desk_id,
        person_id=step.person_id,
        days=step.days,
        required=step.required,
        why=step.why,
        again_after_edit=step.again_after_edit,
        when=conditions.of(step),
    )


@dataclass(frozen=True, kw_only=True)
class Defined:
    """A circuit of the list, with the passages that still go by it."""

    circuit: Circuit
    steps: tuple[CircuitStep, ...]
    running: int


def circuits() -> list[Defined]:
    """Every circuit with its steps: those offered first, then those retired."""
    steps = CircuitStep.objects.select_related("person", "desk").order_by("order")
    rows = (
        Circuit.objects.select_related("unit")
        .prefetch_related(Prefetch("steps", steps))
        .annotate(running=Count("runs", filter=Q(runs__completed_at__isnull=True)))
        .order_by("-active", "name")
    )
    return [Defined(circuit=c, steps=tuple(c.steps.all()), running=c.running) for c in rows]


def circuit(circuit_id: int) -> Defined:
    """Raises Circuit.DoesNotExist."""
    row = Circuit.objects.select_related("unit").get(pk=circuit_id)
    steps = row.steps.select_related("person", "desk").order_by("order")
    return Defined(circuit=row, steps=tuple(steps), running=running(row))


def digest_of(row: Circuit) -> str:
    """SHA-256 of a definition: what a page started from, to notice that someone else saved meanwhile."""
    steps = CircuitStep.objects.filter(circuit=row).order_by("order")
    said = repr((row.name, row.unit_id, row.active, [draft_of(step) for step in steps]))
    return hashlib.sha256(said.encode()).hexdigest()


def running(row: Circuit) -> int:
    """How many passages still go by the circuit: a saving changes none of them."""
    return row.runs.filter(completed_at__isnull=True).count()


@dataclass(frozen=True, kw_only=True)
class Behind:
    """Who would give the visa of a step for a dossier of that unit."""

    label: str
    people: tuple[Agent, ...]
    required: bool
    #: Left out: its conditions do not hold for such a dossier.
    concerned: bool


def who_would(
    steps: Sequence[StepDraft],
    unit: Unit,
    *,
    on: dt.date,
    amount: Decimal | None = None,
    subject_code: str = "",
    act_type_id: int | None = None,
) -> list[Behind]:
    """For a dossier of that unit and those data, who is behind each step on that day; nobody: an empty list."""
    dossier = Dossier(unit=unit, amount=amount, subject_code=subject_code, act_type_id=act_type_id)
    return [
        Behind(
            label=step.label,
            people=tuple(people_behind(step, unit, on=on)),
            required=step.required,
            concerned=conditions.hold(CircuitStep(**step.when.plain()), dossier),
        )
        for step in steps
    ]


def people_behind(step: StepDraft, unit: Unit | None, *, on: dt.date) -> list[Agent]:
    """The active people whom the step awaits for a dossier of the unit on that day."""
    if step.person_id is not None:
        return list(Agent.objects.filter(pk=step.person_id, is_active=True))
    if step.desk_id is not None:
        return people_at(step.desk_id, on=on)
    return accounts.holders(step.role, on=on, unit=unit) if step.role else []


def people_at(desk_id: int, *, on: dt.date) -> list[Agent]:
    """The active people seated at a desk on that day."""
    seats = DeskSeat.objects.on(on).filter(desk=desk_id, agent__is_active=True).select_related("agent")
    people = {seat.agent for seat in seats}
    return sorted(people, key=lambda a: (a.last_name, a.first_name, str(a.pk)))


@dataclass(frozen=True, kw_only=True)
class Table:
    """A desk of the list, with who sits there today."""

    desk: Desk
    people: tuple[Agent, ...]
    #: Circuits and rules that await it.
    used_by: tuple[str, ...]


def desks(*, on: dt.date) -> list[Table]:
    """Every desk: those open first."""
    rows = list(Desk.objects.prefetch_related("steps__circuit", "rules").order_by("-active", "name"))
    seated: dict[int, dict[UUID, Agent]] = {}
    seats = DeskSeat.objects.on(on).filter(agent__is_active=True).select_related("agent")
    for seat in seats.order_by("agent__last_name", "agent__first_name", "pk"):
        seated.setdefault(seat.desk_id, {})[seat.agent_id] = seat.agent
    return [
        Table(
            desk=desk,
            people=tuple(seated.get(desk.pk, {}).values()),
            used_by=tuple(sorted({s.circuit.name for s in desk.steps.all()} | {r.name for r in desk.rules.all()})),
        )
        for desk in rows
    ]


def open_desks() -> list[Desk]:
    return list(Desk.objects.filter(active=True).order_by("name"))


def rules() -> list[VisaRule]:
    """Every rule: those on first."""
    return list(VisaRule.objects.select_related("desk").order_by("-active", "name"))


def rule(rule_id: int) -> VisaRule:
    """Raises VisaRule.DoesNotExist."""
    return VisaRule.objects.select_related("desk").get(pk=rule_id)


def who_fr(row: VisaRule | CircuitStep) -> str:
    """Whom a rule or a step awaits: « finances », « guichet des subventions », a name."""
    if isinstance(row, CircuitStep) and row.person is not None:
        return row.person.full_name
    if row.desk is not None:
        return row.desk.name
    return accounts.role_label(row.role) if row.role else ""


def act_types() -> list[ActType]:
    return list(ActType.objects.filter(active=True).order_by("name"))


def units(*, on: dt.date) -> list[Unit]:
    """The units in force, as a tree is read: each followed by those below it."""
    every = list(Unit.objects.on(on).order_by("name"))
    below: dict[int | None, list[Unit]] = {}
    known = {unit.pk for unit in every}
    for unit in every:
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)

    def walk(parent: int | None) -> list[Unit]:
        return [found for unit in below.get(parent, []) for found in (unit, *walk(unit.pk))]

    return walk(None)


def active_people() -> list[Agent]:
    """Those who may be named: active accounts, the courier left out."""
    people = Agent.objects.filter(is_active=True).exclude(email=accounts.COURIER_EMAIL)
    return list(people.order_by("last_name", "first_name", "email"))
