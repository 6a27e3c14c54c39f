"""The Cabinet puts a dossier on hold at its own step: nothing is late meanwhile."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Delegation, Role
from hemicycle.chain.circuit.actions.give_visa import NotYourTurn, OwnDraft, require_in_circuit
from hemicycle.chain.circuit.events import Held
from hemicycle.chain.circuit.models import CircuitRun, RunStep
from hemicycle.dossier import companions, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import several_lines


class ReasonMissing(ActionRefused):
    message = "Dites pourquoi le dossier est mis en attente."


class AlreadyHeld(ActionRefused):
    """The dossier is on hold already."""


@transaction.atomic
def hold(*, dossier_id: UUID, reason: str, agent: Agent, at: dt.datetime) -> RunStep:
    """Put the dossier on hold while the Cabinet's visa is awaited; a visa or a sending back ends it too.

    Raises ReasonMissing, AlreadyHeld, NotYourTurn, OwnDraft, MoveNotAllowed.
    """
    dossier = companions.lock(dossier_id)
    step, _ = cabinet_step(dossier, agent, at=at)
    if step.held_at is not None:
        raise AlreadyHeld(f"Le dossier {dossier.number} est déjà en attente.")
    said = several_lines(reason, 500)
    if not said:
        raise ReasonMissing(field="reason")

    step.held_at, step.held_by, step.held_why, step.due_on = at, agent, said, None
    step.save(update_fields=["held_at", "held_by", "held_why", "due_on"])

    journal.record(dossier, Held(step=step.label, reason=said), by=agent, at=at, role=step.role)
    return step


def cabinet_step(dossier: Dossier, agent: Agent, *, at: dt.datetime) -> tuple[RunStep, CircuitRun]:
    """The Cabinet's open step, when the agent is awaited there or stands in for one who is.

    Raises NotYourTurn, OwnDraft, MoveNotAllowed.
    """
    run = require_in_circuit(dossier, "Aucune mise en attente n’est possible")
    people = {agent.pk, *(p.pk for p in accounts.principals_of(agent, scope=Delegation.Scope.VISA, on=day(at)))}
    opened = run.steps.filter(opened_at__isnull=False, closed_at__isnull=True, role=Role.CABINET)
    step = opened.filter(assignees__in=people).order_by("order").first()
    if step is None or not agent.is_active:
        raise NotYourTurn(
            f"Le dossier {dossier.number} n’attend pas votre visa pour le Cabinet : lui seul met un dossier en attente."
        )
    if dossier.drafter_id == agent.pk:
        raise OwnDraft
    return step, run
