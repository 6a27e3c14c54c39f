"""Name who gives a visa in the place of people who left, or who will not be back in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.events import StepReassigned
from hemicycle.chain.circuit.models import CircuitRun, RunStep, StepKind
from hemicycle.dossier import access, companions, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed
from hemicycle.dossier.stages import Stage
from hemicycle.texts.typed import several_lines
from hemicycle.workflow import passage


class ReassignmentRefused(ActionRefused):
    """These people cannot be behind this step; the sentence says why."""


@transaction.atomic
def reassign_step(*, step_id: int, agent_ids: Sequence[UUID], reason: str, agent: Agent, at: dt.datetime) -> RunStep:
    """Put those people behind a step of a running passage (RunStep) in the place of those it has.

    For the service des assemblées. Raises NotEntitled, ReassignmentRefused, MoveNotAllowed.
    """
    run_id = RunStep.objects.filter(pk=step_id).values_list("run", flat=True).first()
    if run_id is None:
        raise ReassignmentRefused("Cette étape n’existe plus ; rechargez la page.")
    dossier = companions.lock(CircuitRun.objects.values_list("dossier", flat=True).get(pk=run_id))
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Réattribuer une étape")
    if dossier.stage not in (Stage.IN_CIRCUIT, Stage.TO_CORRECT):
        raise MoveNotAllowed(f"Le dossier {dossier.number} n’est plus dans son circuit : rien n’y est à réattribuer.")
    run = CircuitRun.objects.select_related("circuit").get(pk=run_id)
    run.dossier = dossier
    step = _unsettled(run, step_id)
    people = _people(agent_ids, step, dossier)
    said = several_lines(reason, 500)
    if not said:
        raise ReassignmentRefused("Dites pourquoi l’étape est réattribuée.", field="reason")

    before = tuple(a.full_name for a in step.assignees.order_by("last_name", "first_name"))
    step.assignees.set(people)
    event = StepReassigned(step=step.label, before=before, after=tuple(a.full_name for a in people), reason=said)
    journal.record(dossier, event, by=agent, at=at, role=role)
    if step.opened_at is not None and step.closed_at is None:
        # All those who are left may have given their visas already: the dossier then goes on.
        passages.go_on(run, agent=agent, role=role, at=at, focus=passages.root_of(step))
    return step


def _unsettled(run: CircuitRun, step_id: int) -> RunStep:
    stands = passages.standing(run)
    place = next(i for i, row in enumerate(stands.rows) if row.pk == step_id)
    if passage.settled(stands.state, place):
        raise ReassignmentRefused(f"L’étape « {stands.rows[place].label} » est franchie : elle n’attend plus personne.")
    return stands.rows[place]


def _people(agent_ids: Sequence[UUID], step: RunStep, dossier: Dossier) -> list[Agent]:
    people = list(Agent.objects.filter(id__in=agent_ids).order_by("last_name", "first_name", "email"))
    if not people or len(people) != len(set(agent_ids)):
        raise ReassignmentRefused("Choisissez au moins une personne qui a un compte.", field="people")
    gone = [a.full_name for a in people if not a.is_active]
    if gone:
        raise ReassignmentRefused(f"Le compte de {', '.join(gone)} est fermé ; choisissez d’autres personnes.")
    if dossier.drafter_id in {a.pk for a in people}:
        raise ReassignmentRefused(
            f"{dossier.drafter.full_name} rédige ce dossier et ne le vise pas ; choisissez quelqu’un d’autre."
        )
    if step.kind == StepKind.ONE and len(people) > 1:
        raise ReassignmentRefused(f"L’étape « {step.label} » attend une seule personne ; choisissez laquelle.")
    return people
