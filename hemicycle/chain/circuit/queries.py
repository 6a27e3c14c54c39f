"""What the edges may read of the circuit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.models import Circuit, RunStep, Visa
from hemicycle.dossier.models import Dossier, Version
from hemicycle.dossier.stages import Stage

StepState = Literal["given", "stale", "awaited", "sent_back", "missing"]


@dataclass(frozen=True, kw_only=True)
class StepView:
    """One required visa, as the dossier's page shows it."""

    label: str
    role: str
    why: str
    required: bool
    state: StepState
    people: tuple[Agent, ...]
    visas: tuple[Visa, ...]
    opened_at: dt.datetime | None
    due_on: dt.date | None

    @property
    def last(self) -> Visa | None:
        return self.visas[-1] if self.visas else None


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """A visa that the agent may give now, in their own name or in another's."""

    step: str
    role: str
    version: int
    opened_at: dt.datetime
    due_on: dt.date | None
    #: None in one's own name.
    on_behalf_of: Agent | None


def circuits_for(dossier: Dossier) -> list[Circuit]:
    """The circuits offered to the dossier's unit."""
    units = [u.pk for u in dossier.unit.lineage()]
    offered = Circuit.objects.filter(Q(unit__isnull=True) | Q(unit__in=units), active=True)
    return list(offered.order_by("name"))


def steps_of(dossier: Dossier) -> list[StepView]:
    """Every step of the passage with its visas: given, given on an older text, awaited, missing."""
    present = Version.objects.filter(dossier=OuterRef("run__dossier"), number=OuterRef("run__dossier__version"))
    rows = (
        RunStep.objects.filter(run__dossier=dossier)
        .annotate(present=Subquery(present.values("digest")[:1]))
        .prefetch_related("assignees", Prefetch("visas", Visa.objects.select_related("agent", "on_behalf_of")))
        .order_by("order")
    )
    return [_view(row, dossier, row.present or "") for row in rows]


def _view(row: RunStep, dossier: Dossier, digest: str) -> StepView:
    visas = sorted(row.visas.all(), key=lambda v: (v.given_at, v.pk))
    given = [v for v in visas if v.kind == Visa.Kind.GIVEN]
    fresh = [v for v in given if v.digest == digest]
    people = tuple(sorted(row.assignees.all(), key=lambda a: (a.last_name, a.first_name)))
    state: StepState = "missing"
    if row.opened_at is not None and row.closed_at is None and dossier.stage == Stage.IN_CIRCUIT:
        state = "awaited"
    elif visas and visas[-1].kind == Visa.Kind.SENT_BACK:
        state = "sent_back"
    elif fresh:
        state = "given"
    elif given:
        state = "stale"
    return StepView(
        label=row.label,
        role=row.role,
        why=row.why,
        required=row.required,
        state=state,
        people=people,
        visas=tuple(visas),
        opened_at=row.opened_at,
        due_on=row.due_on,
    )


def awaited_of(dossier: Dossier, agent: Agent, *, on: dt.date) -> list[Awaited]:
    """The visas that the agent may give on the dossier now."""
    return [_awaited(step, who, dossier.version) for step, who in _open_steps(agent, on=on, dossier=dossier)]


def _awaited(step: RunStep, who: Agent | None, version: int) -> Awaited:
    return Awaited(
        step=step.label,
        role=step.role,
        version=version,
        opened_at=step.opened_at or step.run.started_at,
        due_on=step.due_on,
        on_behalf_of=who,
    )


def _open_steps(agent: Agent, *, on: dt.date, dossier: Dossier | None = None) -> list[tuple[RunStep, Agent | None]]:
    people = [agent, *accounts.principals_of(agent, scope="visa", on=on)]
    named = {person.pk: (place, person if place else None) for place, person in enumerate(people)}
    rows = _to_give(agent, people)
    if dossier is not None:
        rows = rows.filter(run__dossier=dossier)
    unit = "run__dossier__unit__parent__parent__parent"
    steps = sorted(
        rows.select_related(unit).order_by("pk"),
        key=lambda step: (step.due_on or dt.date.max, step.pk, named[step.person][0]),
    )
    return [(step, named[step.person][1]) for step in steps]


def awaited_steps(agent: Agent, *, on: dt.date) -> QuerySet[Any]:
    """The visas of `in_tray`, one row each: to be counted."""
    return _to_give(agent, [agent, *accounts.principals_of(agent, scope="visa", on=on)])


def _to_give(agent: Agent, people: list[Agent]) -> QuerySet[Any]:
    """One row for each open step and each of those people who is to give its visa: `person` is that one's id.

    In a step that all must give, one who has given on the present text waits for the others.
    """
    said_by = Q(agent=OuterRef("person"), on_behalf_of__isnull=True) | Q(on_behalf_of=OuterRef("person"))
    on_present_text = Q(
        step__run__dossier__versions__number=F("step__run__dossier__version"),
        step__run__dossier__versions__digest=F("digest"),
    )
    given = Visa.objects.filter(said_by, on_present_text, step=OuterRef("pk"), kind=Visa.Kind.GIVEN)
    return (
        RunStep.objects.filter(opened_at__isnull=False, closed_at__isnull=True)
        .filter(run__dossier__stage=Stage.IN_CIRCUIT, assignees__in=people)
        .exclude(run__dossier__drafter=agent)
        .annotate(person=F("assignees"))
        .exclude(run__dossier__drafter=F("person"))
        .exclude(Exists(given))
    )


@dataclass(frozen=True, kw_only=True)
class InTray:
    dossier: Dossier
    awaited: Awaited


def in_tray(agent: Agent, *, on: dt.date) -> list[InTray]:
    """The dossiers that wait for the agent's visa, the most pressing first."""
    return [
        InTray(dossier=step.run.dossier, awaited=_awaited(step, who, step.run.dossier.version))
        for step, who in _open_steps(agent, on=on)
    ]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Where a dossier waits in its circuit."""

    step: str
    people: tuple[Agent, ...]
    since: dt.datetime | None
    due_on: dt.date | None


def waiting_at(dossiers: Iterable[Dossier]) -> dict[UUID, Waiting]:
    """The open step of each of those dossiers that is in its circuit, by the dossier's id: two queries for a list."""
    travelling = [dossier for dossier in dossiers if dossier.stage == Stage.IN_CIRCUIT]
    if not travelling:
        return {}
    rows = (
        RunStep.objects.filter(run__dossier__in=travelling, opened_at__isnull=False, closed_at__isnull=True)
        .filter(run__dossier__stage=Stage.IN_CIRCUIT)
        .select_related("run")
        .prefetch_related("assignees")
        .order_by("order")
    )
    return {
        row.run.dossier_id: Waiting(
            step=row.label,
            people=tuple(sorted(row.assignees.all(), key=lambda a: (a.last_name, a.first_name))),
            since=row.opened_at,
            due_on=row.due_on,
        )
        for row in rows
    }


def waiting_among(steps: Sequence[StepView]) -> Waiting | None:
    """Where a dossier waits, once its steps are known."""
    for step in reversed(steps):
        if step.state == "awaited":
            return Waiting(step=step.label, people=step.people, since=step.opened_at, due_on=step.due_on)
    return None


def visas_of(dossier: Dossier) -> QuerySet[Visa]:
    """Everything said in the circuit, in order: visas and sendings back."""
    return (
        Visa.objects.filter(step__run__dossier=dossier)
        .select_related("agent", "on_behalf_of", "step")
        .order_by("given_at", "id")
    )


def missing_visas(dossier: Dossier) -> list[str]:
    """Labels of the required visas not given on the present text: none before an agenda."""
    return [s.label for s in steps_of(dossier) if s.required and s.state != "given"]


def active_circuits() -> list[Circuit]:
    """Every circuit, with its steps, for the administration page."""
    return list(Circuit.objects.prefetch_related("steps").order_by("name"))
