"""Submit the dossier to its circuit: the text is frozen as a version and the first visa is asked for."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.events import CircuitCompleted, Submitted
from hemicycle.chain.circuit.models import Circuit, CircuitRun, CircuitStep, RunStep
from hemicycle.dossier import access, journal, versions
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier, Version
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move, Stage
from hemicycle.texts.structure import read_deliberation
from hemicycle.texts.tree import is_empty
from hemicycle.texts.typed import several_lines
from hemicycle.workflow import circuit as plan
from hemicycle.workflow import passage


class NotReady(ActionRefused):
    """Something that every dossier needs is missing; the sentence says what."""


class CircuitRefused(ActionRefused):
    """The circuit is not offered to this dossier, or a step of it has nobody behind it."""


@transaction.atomic
def submit(*, dossier_id: UUID, circuit_id: int, agent: Agent, at: dt.datetime, note: str = "") -> Version:
    """Freeze the text as the next version and send it into the circuit, or back into it after a correction.

    The steps and the people behind them are frozen at the first submission. After a correction the visas given on
    a different text are asked for again. `note` says what was changed. Raises NotEntitled, NotReady,
    CircuitRefused, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().select_related("unit").get(id=dossier_id)
    role = access.require_drafting(agent, dossier, on=day(at))
    check_ready(dossier)
    first = dossier.stage != Stage.TO_CORRECT

    dossier.move(Move.SUBMITTED if first else Move.RESUBMITTED, at=at)
    version = versions.freeze(dossier, by=agent, at=at, reason=several_lines(note, 500))
    run = _start(dossier, circuit_id, at=at) if first else CircuitRun.objects.get(dossier=dossier)
    step = passages.open_current(run, at=at)

    event = Submitted(version=version.number, digest=version.digest, circuit=run.circuit.name)
    journal.record(dossier, event, by=agent, at=at, role=role)
    if step is None:
        # Sent back, then submitted unchanged by mistake of both: every visa still holds on the same text.
        complete(run, agent=agent, role=role, at=at)
    return version


def check_ready(dossier: Dossier) -> None:
    """Raises NotReady, naming what is missing before anyone can give a visa."""
    if not dossier.report or is_empty(dossier.report):
        raise NotReady(f"Le rapport du dossier {dossier.number} est vide ; écrivez-le ou importez-le.", field="report")
    if not dossier.deliberation or is_empty(dossier.deliberation):
        raise NotReady(
            f"Le projet de délibération du dossier {dossier.number} est vide ; écrivez-le ou importez-le.",
            field="deliberation",
        )
    if not read_deliberation(dossier.deliberation).articles:
        raise NotReady(
            f"Le projet de délibération du dossier {dossier.number} n’a aucun article ; écrivez « Article 1 – … ».",
            field="deliberation",
        )
    if dossier.rapporteur_id is None:
        raise NotReady(f"Choisissez le rapporteur du dossier {dossier.number}.", field="rapporteur")


def _start(dossier: Dossier, circuit_id: int, *, at: dt.datetime) -> CircuitRun:
    circuit = Circuit.objects.filter(id=circuit_id, active=True).first()
    if circuit is None or (circuit.unit_id and circuit.unit_id not in [u.pk for u in dossier.unit.lineage()]):
        raise CircuitRefused(
            f"Ce circuit n’est pas proposé à {dossier.unit} ; choisissez-en un autre.", field="circuit"
        )
    steps, rows = passages.plan_of(circuit, dossier)
    people = [_others(row, dossier, at=at) for row in rows]
    try:
        passage.start(steps, plan.Facts(amount=dossier.amount), [[str(a.pk) for a in p] for p in people], at=at)
    except plan.WorkflowRefused as refusal:
        raise CircuitRefused(str(refusal), field="circuit") from refusal

    run = CircuitRun.objects.create(dossier=dossier, circuit=circuit, started_at=at)
    for row, agents in zip(rows, people, strict=True):
        if not agents:
            continue
        step = RunStep.objects.create(
            run=run,
            order=row.order,
            label=row.label,
            kind=row.kind,
            role=row.role,
            days=row.days,
            required=row.required,
            why=row.why,
        )
        step.assignees.set(agents)
    return run


def _others(row: CircuitStep, dossier: Dossier, *, at: dt.datetime) -> list[Agent]:
    """Who gives the visa of the step, its drafter left out: the passage would wait for ever for a visa refused."""
    holders = passages.holders_of(row, dossier, on=day(at))
    others = [agent for agent in holders if agent.pk != dossier.drafter_id]
    if holders and not others and row.required:
        raise CircuitRefused(
            f"Seul le rédacteur du dossier pourrait viser à l’étape « {row.label} », et nul ne vise son propre texte ; "
            "choisissez un autre circuit.",
            field="circuit",
        )
    return others


def complete(run: CircuitRun, *, agent: Agent, role: str, at: dt.datetime) -> None:
    """All visas are given on the present text: the dossier is ready for a sitting."""
    run.completed_at = at
    run.save(update_fields=["completed_at"])
    dossier = run.dossier
    dossier.move(Move.CIRCUIT_COMPLETED, at=at)
    event = CircuitCompleted(version=dossier.version, visas=len(passages.of(run).visas))
    journal.record(dossier, event, by=agent, at=at, role=role)
