"""The tables of a passage seen as the plain data that `hemicycle.workflow` reasons on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.events import CarriedAlong, CircuitCompleted
from hemicycle.chain.circuit.models import APPROVALS, CircuitRun, RunStep, Visa
from hemicycle.dossier import companions, journal, versions
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier, Entitlement
from hemicycle.dossier.stages import MOVES, Move, Stage
from hemicycle.law.calendar import is_working_day
from hemicycle.workflow import circuit as plan
from hemicycle.workflow import passage, progress


def counts(visa: Visa, step: RunStep, digest: str) -> bool:
    """Whether the visa settles its step on the text of that digest.

    A visa given on another text stays in the tables and on the screens (« donné sur la version 2 »), but it is asked
    for again, unless the step says that an edit does not. An opinion once given is given.
    """
    if visa.annulled_at is not None:
        return False
    if step.origin == RunStep.Origin.OPINION:
        return visa.kind == Visa.Kind.OPINION
    return visa.kind in APPROVALS and (visa.digest == digest or not step.again_after_edit)


def settled(step: RunStep, people: Iterable[Agent], given: Sequence[Visa]) -> bool:
    """Whether the step has the visas it needs, among those of it that count."""
    if step.kind == "all_of":
        return {v.on_behalf_of_id or v.agent_id for v in given} >= {a.pk for a in people} and bool(given)
    return bool(given)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A passage as it stands: its rows in order, and the same as plain data."""

    rows: tuple[RunStep, ...]
    state: passage.Passage

    @property
    def open_rows(self) -> tuple[RunStep, ...]:
        """Where the dossier waits: one step, or the opinions that it waits for."""
        return tuple(row for row in self.rows if row.opened_at is not None and row.closed_at is None)

    def awaited(self, row: RunStep) -> set[UUID]:
        """Whose visa, or opinion, that step still waits for."""
        return {UUID(holder) for holder in passage.awaited_at(self.state, self.rows.index(row))}


def of(run: CircuitRun) -> passage.Passage:
    """The passage as plain data: only visas that count on the present text."""
    return standing(run).state


def standing(run: CircuitRun) -> Standing:
    """Four queries, however many steps and visas."""
    rows = tuple(run.steps.prefetch_related("assignees").order_by("order"))
    rank = {row.pk: place for place, row in enumerate(rows)}
    digest = versions.current(run.dossier).digest
    said = Visa.objects.filter(step__run=run, annulled_at=None).order_by("given_at", "id")
    steps = tuple(_step(row) for row in rows)
    state = passage.Passage(
        circuit=run.circuit.name,
        stations=tuple(
            passage.Station(
                step=step,
                holders=tuple(str(a.pk) for a in _in_order(row.assignees.all())),
                asked_by=rank[row.asked_from_id] if row.asked_from_id else None,
            )
            for row, step in zip(rows, steps, strict=True)
        ),
        required=plan.required_visas(plan.Circuit(name=run.circuit.name, steps=steps), plan.Facts()),
        started_at=run.started_at,
        moved_at=run.started_at,
        visas=tuple(_visa(v, rank) for v in said if counts(v, rows[rank[v.step_id]], digest)),
        passed_over=tuple(
            passage.PassedOver(station=rank[r.pk], actor=str(r.waived_by_id), reason=r.waived_why, at=r.waived_at)
            for r in rows
            if r.waived_at is not None
        ),
        with_drafter=run.dossier.stage == Stage.TO_CORRECT,
    )
    return Standing(rows=rows, state=state)


def _step(row: RunStep) -> plan.Step:
    return plan.Step(
        label=row.label,
        kind=row.kind,  # type: ignore[arg-type]  # the column holds the same three words
        # In French: the sentences of the workflow name it.
        role=accounts.role_label(row.role) if row.role else row.label,
        days=row.days,
        required=row.required,
        why=row.why,
        again_after_edit=row.again_after_edit,
    )


def _visa(visa: Visa, rank: dict[int, int]) -> passage.Visa:
    return passage.Visa(
        station=rank[visa.step_id],
        holder=str(visa.on_behalf_of_id or visa.agent_id),
        actor=str(visa.agent_id),
        digest=visa.digest,
        at=visa.given_at,
        remark=visa.remark,
    )


def _in_order(agents: Iterable[Agent]) -> list[Agent]:
    return sorted(agents, key=lambda a: (a.last_name, a.first_name))


def open_current(run: CircuitRun, *, at: dt.datetime, focus: RunStep | None = None) -> list[RunStep]:
    """Open what is awaited now, close the rest, and let its people read the dossier.

    `focus`: a step that keeps the dossier until it is settled, even though an edit made there asks for earlier visas
    again. Returns the open steps: none when every visa is given on the present text, or with the drafter.
    """
    stands = standing(run)
    rank = next((i for i, row in enumerate(stands.rows) if focus is not None and row.pk == focus.pk), None)
    ranks = passage.open_ranks(stands.state, focus=rank)
    opened = [row for place, row in enumerate(stands.rows) if place in ranks]
    for row in stands.rows:
        if row in opened:
            _open(row, run.dossier, at=at)
        elif row.opened_at is not None and row.closed_at is None:
            _close(row, at=at)
    return opened


def _open(row: RunStep, dossier: Dossier, *, at: dt.datetime) -> None:
    if row.opened_at is None or row.closed_at is not None:
        row.opened_at, row.closed_at = at, None
        row.due_on = progress.due_on(day(at), row.days, working=is_working_day)
        row.save(update_fields=["opened_at", "closed_at", "due_on"])
    entitle(dossier, row.assignees.all(), row.role, since=at)


def _close(row: RunStep, *, at: dt.datetime) -> None:
    # A hold ends with the step that was held.
    row.closed_at, row.held_at, row.held_by, row.held_why = at, None, None, ""
    row.save(update_fields=["closed_at", "held_at", "held_by", "held_why"])


def entitle(lead: Dossier, agents: Iterable[Agent], role: str, *, since: dt.datetime) -> None:
    """Let those people read the dossier and its companions from then on."""
    people = sorted(agents, key=lambda a: str(a.pk))
    for dossier in (lead, *companions.of(lead)):
        for agent in people:
            Entitlement.objects.get_or_create(dossier=dossier, agent=agent, role=role, defaults={"since": since})


def root_of(step: RunStep) -> RunStep:
    """The visa of the circuit for which an opinion, or an opinion on an opinion, was asked; itself for a visa."""
    while step.asked_from is not None:
        step = step.asked_from
    return step


def carry(dossier: Dossier, move: Move, *, agent: Agent, role: str, at: dt.datetime) -> None:
    """Take the dossier and its companions to their next stage, and tell it in the journal of each companion.

    Raises MoveNotAllowed.
    """
    for companion in companions.move(dossier, move, at=at):
        if companion.embargo != dossier.embargo:
            companion.embargo = dossier.embargo
            companion.save(update_fields=["embargo"])
        event = CarriedAlong(lead=dossier.number, move=MOVES[move].label)
        journal.record(companion, event, by=agent, at=at, role=role)


def go_on(run: CircuitRun, *, agent: Agent, role: str, at: dt.datetime, focus: RunStep | None = None) -> list[RunStep]:
    """Open what is awaited now; when nothing is, the dossier is ready for a sitting."""
    opened = open_current(run, at=at, focus=focus)
    if not opened:
        _complete(run, agent=agent, role=role, at=at)
    return opened


def _complete(run: CircuitRun, *, agent: Agent, role: str, at: dt.datetime) -> None:
    run.completed_at = at
    run.save(update_fields=["completed_at"])
    dossier = run.dossier
    carry(dossier, Move.CIRCUIT_COMPLETED, agent=agent, role=role, at=at)
    event = CircuitCompleted(version=dossier.version, visas=len(_visas(run)))
    journal.record(dossier, event, by=agent, at=at, role=role)


def _visas(run: CircuitRun) -> list[passage.Visa]:
    state = of(run)
    return [visa for visa in state.visas if state.stations[visa.station].asked_by is None]
