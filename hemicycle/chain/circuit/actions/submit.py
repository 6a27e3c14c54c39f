"""Submit the dossier to its circuit: the text is frozen as a version and the first visa is asked for."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit import planning
from hemicycle.chain.circuit.events import Submitted
from hemicycle.chain.circuit.models import Circuit, CircuitRun
from hemicycle.chain.circuit.planning import CircuitRefused
from hemicycle.chain.drafting import faults
from hemicycle.chain.drafting.readiness import first_lack
from hemicycle.chain.printing import trials
from hemicycle.dossier import access, attachments, companions, journal, versions
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import kind_of, of_name
from hemicycle.dossier.models import Dossier, Version
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move, Stage
from hemicycle.texts.structure import read_deliberation
from hemicycle.texts.tree import is_empty
from hemicycle.texts.typed import several_lines

__all__ = ["CircuitRefused", "NotReady", "check_printed", "check_ready", "submit"]


class NotReady(ActionRefused):
    """Something that every dossier needs is missing; the sentence says what."""


@transaction.atomic
def submit(*, dossier_id: UUID, circuit_id: int, agent: Agent, at: dt.datetime, note: str = "") -> Version:
    """Freeze the text as the next version and send it into the circuit, or back into it after a correction.

    The steps and the people behind them are frozen at the first submission. After a correction the visas given on
    a different text are asked for again, and the rules look at the new data: they only ever add visas. The
    companions of a lead go with it. `note` says what was changed. Raises NotEntitled, NotReady, CircuitRefused,
    MoveNotAllowed, FollowsItsLead.
    """
    dossier = companions.lock(dossier_id)
    role = access.require_drafting(agent, dossier, on=day(at))
    check_ready(dossier)
    check_printed(dossier, agent=agent, role=role, at=at)
    first = dossier.stage != Stage.TO_CORRECT

    passages.carry(dossier, Move.SUBMITTED if first else Move.RESUBMITTED, agent=agent, role=role, at=at)
    version = versions.freeze(dossier, by=agent, at=at, reason=several_lines(note, 500))
    run = _start(dossier, circuit_id, at=at) if first else _again(dossier, at=at)

    event = Submitted(version=version.number, digest=version.digest, circuit=run.circuit.name)
    journal.record(dossier, event, by=agent, at=at, role=role)
    # Sent back, then submitted unchanged by mistake of both: every visa may still hold on the same text.
    passages.go_on(run, agent=agent, role=role, at=at)
    return version


def check_ready(dossier: Dossier) -> None:
    """Raises NotReady, naming what is missing before anyone can give a visa."""
    act = f"Le projet {of_name(kind_of(dossier).name)} du dossier {dossier.number}"
    if not dossier.without_vote and (not dossier.report or is_empty(dossier.report)):
        raise NotReady(f"Le rapport du dossier {dossier.number} est vide ; écrivez-le ou importez-le.", field="report")
    if not dossier.deliberation or is_empty(dossier.deliberation):
        raise NotReady(
            f"{act} est vide ; écrivez-le ou importez-le.",
            field="deliberation",
        )
    if not read_deliberation(dossier.deliberation).articles:
        raise NotReady(
            f"{act} n’a aucun article ; écrivez « Article 1 – … ».",
            field="deliberation",
        )
    if lack := first_lack(dossier):
        raise NotReady(lack.sentence, field=lack.field)
    if dossier.rapporteur_id is None and not dossier.without_vote:
        raise NotReady(f"Choisissez le rapporteur du dossier {dossier.number}.", field="rapporteur")


def check_printed(lead: Dossier, *, agent: Agent, role: str, at: dt.datetime) -> None:
    """Set the act of the dossier, and of each deliberation of its report, as it will be; the answer is kept.

    Raises NotReady with what the typesetter refuses: nobody gives a visa on an act that cannot be made.
    """
    for dossier in (lead, *companions.of(lead)):
        if fault := next((f for f in faults.of_annexes(attachments.annexes_of(dossier)) if f.stops), None):
            raise NotReady(f"Dossier {dossier.number} : {fault.sentence}", field=fault.field)
        if sentence := trials.tried(dossier, agent=agent, role=role, at=at):
            field = "deliberation" if dossier is lead else "companion"
            raise NotReady(f"Dossier {dossier.number} : {sentence}", field=field)


def _start(dossier: Dossier, circuit_id: int, *, at: dt.datetime) -> CircuitRun:
    circuit = Circuit.objects.filter(id=circuit_id, active=True).first()
    if circuit is None or (circuit.unit_id and circuit.unit_id not in [u.pk for u in dossier.unit.lineage()]):
        raise CircuitRefused(
            f"Ce circuit n’est pas proposé à {dossier.unit} ; choisissez-en un autre.", field="circuit"
        )
    plan = [
        (step, planning.people_or_refusal(step, dossier, circuit, on=day(at)))
        for step in planning.plan_of(circuit, dossier)
    ]
    held = [(step, people) for step, people in plan if people]
    if not held:
        raise CircuitRefused(
            f"Le circuit « {circuit.name} » n’a aucune étape"
            + (" pour ce dossier dont quelqu’un tienne le rôle" if plan else "")
            + " ; choisissez-en un autre, ou demandez au service des assemblées de le compléter.",
            field="circuit",
        )
    run = CircuitRun.objects.create(dossier=dossier, circuit=circuit, started_at=at)
    for order, (step, people) in enumerate(held, start=1):
        planning.lay(run, step, people, order=order)
    return run


def _again(dossier: Dossier, *, at: dt.datetime) -> CircuitRun:
    run = CircuitRun.objects.select_related("circuit").get(dossier=dossier)
    run.dossier = dossier
    planning.look_again(run, dossier, at=at)
    return run
