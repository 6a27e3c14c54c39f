"""The Cabinet ends a hold: the days left run again."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.actions.hold import cabinet_step
from hemicycle.chain.circuit.events import Released
from hemicycle.chain.circuit.models import RunStep
from hemicycle.dossier import companions, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.law.calendar import is_working_day
from hemicycle.workflow import progress


class NotHeld(ActionRefused):
    """There is no hold to end."""


@transaction.atomic
def release(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> RunStep:
    """End the hold; the step has again the working days that it had left, one at least.

    Raises NotHeld, NotYourTurn, OwnDraft, MoveNotAllowed.
    """
    dossier = companions.lock(dossier_id)
    step, run = cabinet_step(dossier, agent, at=at)
    if step.held_at is None:
        raise NotHeld(f"Le dossier {dossier.number} n’est pas en attente.")

    used = progress.working_days(day(step.opened_at or run.started_at), day(step.held_at), working=is_working_day)
    step.due_on = progress.due_on(day(at), max(step.days - used, 1), working=is_working_day)
    step.held_at, step.held_by, step.held_why = None, None, ""
    step.save(update_fields=["held_at", "held_by", "held_why", "due_on"])

    journal.record(dossier, Released(step=step.label), by=agent, at=at, role=step.role)
    return step
