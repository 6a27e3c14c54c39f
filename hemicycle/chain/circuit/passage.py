"""The tables of a passage seen as the plain data that `hemicycle.workflow` reasons on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.models import Circuit, CircuitRun, CircuitStep, RunStep, Visa
from hemicycle.dossier import versions
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier, Entitlement
from hemicycle.dossier.stages import Stage
from hemicycle.law.calendar import is_working_day
from hemicycle.workflow import circuit as plan
from hemicycle.workflow import passage, progress


def plan_of(circuit: Circuit, dossier: Dossier) -> tuple[plan.Circuit, list[CircuitStep]]:
    """The circuit as it applies to this dossier: steps whose amount is not reached are left out."""
    rows = [
        step
        for step in circuit.steps.select_related("person").order_by("order")
        if step.amount_over is None or (dossier.amount is not None and dossier.amount > step.amount_over)
    ]
    return plan.Circuit(name=circuit.name, steps=tuple(_step(row) for row in rows)), rows


def _step(row: CircuitStep | RunStep) -> plan.Step:
    return plan.Step(
        label=row.label,
        kind=row.kind,  # type: ignore[arg-type]  # the column holds the same three words
        # In French: the sentences of the workflow name it.
        role=accounts.role_label(row.role) if row.role else row.label,
        days=row.days,
        required=row.required,
        why=row.why,
    )


def holders_of(step: CircuitStep, dossier: Dossier, *, on: dt.date) -> list[Agent]:
    """Who gives the visa of that step for that dossier on that day."""
    if step.person is not None:
        return [step.person] if step.person.is_active else []
    return accounts.holders(step.role, on=on, unit=dossier.unit)


def of(run: CircuitRun) -> passage.Passage:
    """The passage as it stands: only visas given on the present text count.

    A visa whose digest is not the present version's was given on another text: it stays in the tables and on
    the screens (« donné sur la version 2 »), but the passage asks for it again.
    """
    rows = list(run.steps.prefetch_related("assignees").order_by("order"))
    stations = tuple(
        passage.Station(step=_step(row), holders=tuple(str(a.pk) for a in _in_order(row.assignees.all())))
        for row in rows
    )
    rank = {row.pk: place for place, row in enumerate(rows)}
    digest = versions.current(run.dossier).digest
    given = tuple(
        passage.Visa(
            station=rank[visa.step_id],
            holder=str(visa.on_behalf_of_id or visa.agent_id),
            actor=str(visa.agent_id),
            digest=visa.digest,
            at=visa.given_at,
            remark=visa.remark,
        )
        for visa in Visa.objects.filter(step__run=run, kind=Visa.Kind.GIVEN, digest=digest).order_by("given_at", "id")
    )
    required = plan.required_visas(
        plan.Circuit(name=run.circuit.name, steps=tuple(_step(r) for r in rows)), plan.Facts()
    )
    return passage.Passage(
        circuit=run.circuit.name,
        stations=stations,
        required=required,
        started_at=run.started_at,
        moved_at=run.started_at,
        visas=given,
        with_drafter=run.dossier.stage == Stage.TO_CORRECT,
    )


def _in_order(agents: Iterable[Agent]) -> list[Agent]:
    return sorted(agents, key=lambda a: (a.last_name, a.first_name))


def open_current(run: CircuitRun, *, at: dt.datetime) -> RunStep | None:
    """Open the step that is awaited now, close the others, and let its people read the dossier.

    Returns the open step, or None when every visa is given on the present text.
    """
    state = of(run)
    rank = passage.current(state)
    rows = list(run.steps.order_by("order"))
    for place, row in enumerate(rows):
        if place == rank:
            _open(row, at=at)
        elif row.opened_at is not None and row.closed_at is None:
            row.closed_at = at
            row.save(update_fields=["closed_at"])
    return rows[rank] if rank is not None else None


def _open(row: RunStep, *, at: dt.datetime) -> None:
    if row.opened_at is None or row.closed_at is not None:
        row.opened_at, row.closed_at = at, None
        row.due_on = progress.due_on(day(at), row.days, working=is_working_day)
        row.save(update_fields=["opened_at", "closed_at", "due_on"])
    for agent in row.assignees.order_by("pk"):
        Entitlement.objects.get_or_create(dossier=row.run.dossier, agent=agent, role=row.role, defaults={"since": at})
