"""What the edges may read of the circuit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import emergency, recall
from hemicycle.chain.circuit.models import Circuit, RunStep, Visa
from hemicycle.chain.circuit.steps import (
    RequiredVisa,
    StepState,
    StepView,
    lead_id,
    required_among,
    required_of,
    steps_of,
)
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage

__all__ = [
    "Awaited",
    "InTray",
    "RequiredVisa",
    "StepState",
    "StepView",
    "Waiting",
    "active_circuits",
    "awaited_of",
    "awaited_steps",
    "circuits_for",
    "in_tray",
    "lead_id",
    "may_validate_in_emergency",
    "missing_visas",
    "required_among",
    "required_of",
    "steps_of",
    "visa_to_take_back",
    "visas_of",
    "waiting_among",
    "waiting_at",
]

#: What no list shows of a dossier.
TEXTS = ("report", "deliberation", "extra")

#: Where no visa is awaited. Said so, and not « in the circuit », open steps are read first and dossiers last.
ELSEWHERE = tuple(stage for stage in Stage if stage != Stage.IN_CIRCUIT)


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """A visa, or an opinion, that the agent may give now, in their own name or in another's."""

    step_id: int
    step: str
    role: str
    version: int
    opened_at: dt.datetime
    due_on: dt.date | None
    #: None in one's own name.
    on_behalf_of: Agent | None
    #: An opinion asked: by whom, and what.
    opinion: bool = False
    asked_by: Agent | None = None
    question: str = ""
    held_at: dt.datetime | None = None


def circuits_for(dossier: Dossier) -> list[Circuit]:
    """The circuits offered to the dossier's unit."""
    units = [u.pk for u in dossier.unit.lineage()]
    offered = Circuit.objects.filter(Q(unit__isnull=True) | Q(unit__in=units), active=True)
    return list(offered.order_by("name"))


def awaited_of(dossier: Dossier, agent: Agent, *, on: dt.date) -> list[Awaited]:
    """The visas, and the opinions, that the agent may give on the dossier now; a companion's are its lead's."""
    return [_awaited(step, who, step.run.dossier.version) for step, who in _open_steps(agent, on=on, dossier=dossier)]


def _awaited(step: RunStep, who: Agent | None, version: int) -> Awaited:
    return Awaited(
        step_id=step.pk,
        step=step.label,
        role=step.role,
        version=version,
        opened_at=step.opened_at or step.run.started_at,
        due_on=step.due_on,
        on_behalf_of=who,
        opinion=step.origin == RunStep.Origin.OPINION,
        asked_by=step.asked_by,
        question=step.question,
        held_at=step.held_at,
    )


def _open_steps(
    agent: Agent, *, on: dt.date, dossier: Dossier | None = None, most: int | None = None
) -> list[tuple[RunStep, Agent | None]]:
    people = [agent, *accounts.principals_of(agent, scope="visa", on=on)]
    named = {person.pk: (place, person if place else None) for place, person in enumerate(people)}
    rows = _to_give(agent, people)
    if dossier is not None:
        rows = rows.filter(run__dossier=lead_id(dossier))
    unit = "run__dossier__unit__parent__parent__parent"
    # The texts of the dossiers weigh a hundred times what a tray shows of them.
    light = rows.select_related(unit, "asked_by").defer(*(f"run__dossier__{name}" for name in TEXTS))
    steps = sorted(
        light.order_by(F("due_on").asc(nulls_last=True), "pk")[:most],
        key=lambda step: (step.due_on or dt.date.max, step.pk, named[step.person][0]),
    )
    return [(step, named[step.person][1]) for step in steps]


def awaited_steps(agent: Agent, *, on: dt.date) -> QuerySet[Any]:
    """The visas of `in_tray`, one row each: to be counted."""
    return _to_give(agent, [agent, *accounts.principals_of(agent, scope="visa", on=on)])


def _to_give(agent: Agent, people: list[Agent]) -> QuerySet[Any]:
    """One row for each open step and each of those people who is to give its visa: `person` is that one's id.

    In a step that all must give, one who has given on the present text, or for every text, waits for the others.
    """
    ids = [one.pk for one in people]
    # Not the agent alone, whose index would be taken: those whom every circuit goes through were given a step of
    # every dossier there ever was, and a few thousands are open.
    open_steps = RunStep.objects.filter(opened_at__isnull=False, closed_at__isnull=True)
    theirs = open_steps.annotate(person=Coalesce("assignees", "assignees")).filter(person__in=ids)
    said_by = Q(agent=OuterRef("person"), on_behalf_of__isnull=True) | Q(on_behalf_of=OuterRef("person"))
    on_present_text = Q(
        step__run__dossier__versions__number=F("step__run__dossier__version"),
        step__run__dossier__versions__digest=F("digest"),
    )
    counts = on_present_text | Q(step__again_after_edit=False)
    given = Visa.objects.standing().filter(said_by, counts, step=OuterRef("pk"))
    return (
        # Said twice: SQLite reads the list first, PostgreSQL sees in the condition how few there are.
        theirs.filter(id__in=theirs.values("id"))
        .exclude(run__dossier__stage__in=ELSEWHERE)
        .exclude(run__dossier__drafter=agent)
        .exclude(run__dossier__drafter=F("person"))
        .exclude(Exists(given))
    )


@dataclass(frozen=True, kw_only=True)
class InTray:
    dossier: Dossier
    awaited: Awaited


def in_tray(agent: Agent, *, on: dt.date, most: int | None = None) -> list[InTray]:
    """The dossiers that wait for the agent's visa, the most pressing first; so many at most."""
    return [
        InTray(dossier=step.run.dossier, awaited=_awaited(step, who, step.run.dossier.version))
        for step, who in _open_steps(agent, on=on, most=most)
    ]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Where a dossier waits in its circuit: one step, or the opinions that it waits for together."""

    step: str
    people: tuple[Agent, ...]
    since: dt.datetime | None
    due_on: dt.date | None
    #: Put on hold by the Cabinet: nothing is late meanwhile.
    held: bool = False
    opinion: bool = False


@dataclass(frozen=True, kw_only=True)
class _OpenStep:
    """What a list says of an open step: a hundred rows of the whole model cost five times as much."""

    label: str
    opened_at: dt.datetime | None
    due_on: dt.date | None
    held_at: dt.datetime | None
    origin: str
    people: list[Agent]


def waiting_at(dossiers: Iterable[Dossier]) -> dict[UUID, Waiting]:
    """The open step of each of those dossiers that is in its circuit, by the dossier's id: two queries for a list."""
    travelling = [dossier for dossier in dossiers if dossier.stage == Stage.IN_CIRCUIT]
    if not travelling:
        return {}
    found = _open_among({lead_id(d) for d in travelling})
    return {d.pk: _waiting(found[lead_id(d)]) for d in travelling if lead_id(d) in found}


def _open_among(leads: set[UUID]) -> dict[UUID, list[_OpenStep]]:
    columns = ("label", "opened_at", "due_on", "held_at", "origin")
    rows = RunStep.objects.filter(run__dossier__in=leads, opened_at__isnull=False, closed_at__isnull=True)
    listed = list(rows.order_by("order").values("pk", "run__dossier", "assignees", *columns))
    people = Agent.objects.in_bulk({row["assignees"] for row in listed} - {None})
    steps: dict[int, _OpenStep] = {}
    found: dict[UUID, list[_OpenStep]] = {}
    for row in listed:
        if row["pk"] not in steps:
            steps[row["pk"]] = _OpenStep(people=[], **{name: row[name] for name in columns})
            found.setdefault(row["run__dossier"], []).append(steps[row["pk"]])
        if row["assignees"] is not None:
            steps[row["pk"]].people.append(people[row["assignees"]])
    return found


def _waiting(rows: Sequence[_OpenStep] | Sequence[StepView]) -> Waiting:
    people = {agent.pk: agent for row in rows for agent in row.people}
    return Waiting(
        step=", ".join(row.label for row in rows),
        people=tuple(sorted(people.values(), key=lambda a: (a.last_name, a.first_name))),
        since=min((row.opened_at for row in rows if row.opened_at), default=None),
        due_on=min((row.due_on for row in rows if row.due_on), default=None),
        held=any(row.held_at is not None for row in rows),
        opinion=all(row.origin == RunStep.Origin.OPINION for row in rows),
    )


def waiting_among(steps: Sequence[StepView]) -> Waiting | None:
    """Where a dossier waits, once its steps are known."""
    here = [step for step in steps if step.state == "awaited"]
    return _waiting(here) if here else None


def visas_of(dossier: Dossier) -> QuerySet[Visa]:
    """Everything said in the circuit, in order: visas, opinions, sendings back, takings back."""
    return (
        Visa.objects.filter(step__run__dossier=lead_id(dossier))
        .select_related("agent", "on_behalf_of", "step", "to")
        .order_by("given_at", "id")
    )


def missing_visas(dossier: Dossier) -> list[str]:
    """Labels of the required visas that neither stand on the present text nor were done without: no agenda before."""
    return [visa.label for visa in required_of(dossier) if visa.state == "missing"]


def visa_to_take_back(dossier: Dossier, agent: Agent) -> Visa | None:
    """The agent's own visa that take_back_visa would undo now."""
    if dossier.lead_id is not None:
        return None
    return recall.last_visa(dossier, agent)


def may_validate_in_emergency(dossier: Dossier, agent: Agent, *, on: dt.date) -> bool:
    """Whether validate_in_emergency would let the agent now."""
    if dossier.stage != Stage.IN_CIRCUIT or dossier.lead_id is not None or dossier.drafter_id == agent.pk:
        return False
    return bool(emergency.role_of(agent, on=on))


def active_circuits() -> list[Circuit]:
    """Every circuit, with its steps, for the administration page."""
    return list(Circuit.objects.prefetch_related("steps").order_by("name"))
