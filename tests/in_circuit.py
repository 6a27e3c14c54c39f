"""What the circuit leaves behind it: rows laid as its actions lay them, without the journal."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries
from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.models import Circuit, CircuitRun, RunStep, Visa
from hemicycle.dossier import versions
from hemicycle.dossier.models import Dossier, Entitlement
from hemicycle.dossier.stages import Move
from tests.cast import NOON


def submit(dossier: Dossier, circuit: Circuit, *, at: dt.datetime = NOON) -> CircuitRun:
    """Version 1 frozen, the steps of the circuit copied with their people, the first one open."""
    versions.freeze(dossier, by=dossier.drafter, at=at)
    run = CircuitRun.objects.create(dossier=dossier, circuit=circuit, started_at=at)
    for step in circuit.steps.order_by("order"):
        frozen = RunStep.objects.create(
            run=run,
            order=step.order,
            label=step.label,
            kind=step.kind,
            role=step.role,
            days=step.days,
            required=step.required,
            why=step.why,
            opened_at=at if step.order == 1 else None,
            due_on=at.date() + dt.timedelta(days=3) if step.order == 1 else None,
        )
        people = [step.person] if step.person else queries.holders(step.role, on=at.date(), unit=dossier.unit)
        frozen.assignees.set(people)
        for agent in people if step.order == 1 else ():
            entitle(dossier, agent, step.role, at=at)
    dossier.move(Move.SUBMITTED, at=at)
    return run


def entitle(dossier: Dossier, agent: Agent, role: str, *, at: dt.datetime = NOON) -> None:
    """Let the agent read the dossier, as the circuit does when a step opens."""
    Entitlement.objects.get_or_create(dossier=dossier, agent=agent, role=role, defaults={"since": at})


def send_back(dossier: Dossier, *, reason: str = "Le montant manque.", at: dt.datetime = NOON) -> Visa:
    """The first step asks for a correction."""
    step = RunStep.objects.filter(run__dossier=dossier, closed_at=None).order_by("order")[0]
    visa = _visa(dossier, step, Visa.Kind.SENT_BACK, remark=reason, at=at)
    step.opened_at = None
    step.save(update_fields=["opened_at"])
    dossier.move(Move.SENT_BACK, at=at)
    return visa


def give_all_visas(dossier: Dossier, *, at: dt.datetime = NOON) -> None:
    """Every step gives its visa on the current version; the dossier is ready for a sitting."""
    for step in RunStep.objects.filter(run__dossier=dossier).order_by("order"):
        _visa(dossier, step, Visa.Kind.GIVEN, at=at)
        step.opened_at, step.closed_at = at, at
        step.save(update_fields=["opened_at", "closed_at"])
    CircuitRun.objects.filter(dossier=dossier).update(completed_at=at)
    dossier.move(Move.CIRCUIT_COMPLETED, at=at)


def _visa(dossier: Dossier, step: RunStep, kind: str, *, remark: str = "", at: dt.datetime) -> Visa:
    agent = step.assignees.order_by("last_name")[0]
    entitle(dossier, agent, step.role, at=at)
    version = versions.current(dossier)
    return Visa.objects.create(
        step=step,
        kind=kind,
        agent=agent,
        version=version.number,
        digest=version.digest,
        remark=remark,
        given_at=at,
    )
