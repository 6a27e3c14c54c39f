"""Ask somebody's opinion before giving a visa; the dossier comes back to whoever asked."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit import planning
from hemicycle.chain.circuit.actions.give_visa import Turn, principal_of, require_in_circuit, require_read, require_turn
from hemicycle.chain.circuit.events import OpinionAsked
from hemicycle.chain.circuit.models import RunStep, StepKind
from hemicycle.dossier import companions, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import several_lines

#: Opinions that one step may wait for at once, and opinions asked for the sake of an opinion.
MOST_AT_ONCE = 5
DEEPEST = 2


class QuestionMissing(ActionRefused):
    message = "Dites sur quoi porte l’avis demandé."


class OpinionRefused(ActionRefused):
    """This person's opinion cannot be asked there; the sentence says why."""


@transaction.atomic
def ask_opinion(
    *,
    dossier_id: UUID,
    agent: Agent,
    version_read: int,
    whom_id: UUID,
    question: str,
    at: dt.datetime,
    on_behalf_of_id: UUID | None = None,
) -> RunStep:
    """Let the dossier wait for that person's opinion, then come back to the step that asked.

    Several may be asked, one after the other, while the first has not answered. An opinion binds nobody. Raises
    QuestionMissing, OpinionRefused, and NotYourTurn, TextHasChanged, OwnDraft, NoDelegation, MoveNotAllowed.
    """
    dossier = companions.lock(dossier_id)
    turn = _turn(dossier, agent, version_read=version_read, on_behalf_of_id=on_behalf_of_id, at=at)
    whom = _whom(whom_id, turn, agent)
    said = several_lines(question, 2000)
    if not said:
        raise QuestionMissing(field="question")

    step = _lay(turn, agent, whom, said)
    passages.open_current(turn.run, at=at, focus=passages.root_of(turn.step))

    event = OpinionAsked(step=turn.step.label, whom=whom.full_name, version=turn.version.number, question=said)
    journal.record(dossier, event, by=agent, at=at, role=turn.step.role, on_behalf_of=turn.on_behalf_of)
    step.refresh_from_db()
    return step


def _turn(dossier: Dossier, agent: Agent, *, version_read: int, on_behalf_of_id: UUID | None, at: dt.datetime) -> Turn:
    """The agent's turn, or the step that waits for the opinions which this agent asked for already."""
    run = require_in_circuit(dossier)
    principal, delegation = principal_of(agent, on_behalf_of_id, on=day(at))
    waiting = (
        run.steps.filter(opened_at__isnull=False, closed_at__isnull=True, asked_by=agent).order_by("order").first()
    )
    if waiting is None or waiting.asked_from is None or not agent.is_active or dossier.drafter_id == agent.pk:
        return require_turn(dossier, agent, version_read=version_read, on_behalf_of_id=on_behalf_of_id, at=at)
    version = require_read(dossier, version_read)
    return Turn(run=run, step=waiting.asked_from, version=version, principal=principal, delegation=delegation)


def _whom(whom_id: UUID, turn: Turn, agent: Agent) -> Agent:
    whom = Agent.objects.filter(id=whom_id).first()
    if whom is None or not whom.is_active:
        who = f"Le compte de {whom.full_name} est fermé" if whom else "Cette personne n’a pas de compte"
        raise OpinionRefused(f"{who} : demandez l’avis de quelqu’un d’autre.", field="whom")
    if whom.pk in (agent.pk, turn.principal.pk):
        raise OpinionRefused("On ne demande pas d’avis à soi-même ; choisissez une autre personne.", field="whom")
    dossier = turn.run.dossier
    if whom.pk == dossier.drafter_id:
        raise OpinionRefused(
            f"{whom.full_name} rédige le dossier {dossier.number} : pour une question, écrivez un commentaire ; "
            "pour une correction, renvoyez-le.",
            field="whom",
        )
    above = _above(turn.step)
    if any(whom.pk == step.asked_by_id for step in above):
        raise OpinionRefused(
            f"{whom.full_name} attend déjà l’avis qui passe par vous : répondez-lui sans lui redemander le sien.",
            field="whom",
        )
    if len(above) >= DEEPEST:
        raise OpinionRefused("Cet avis a déjà été relayé deux fois : donnez le vôtre sans en demander d’autre.")
    _check_others(turn, whom)
    return whom


def _above(step: RunStep) -> list[RunStep]:
    """The opinions that wait for this one: itself first when it is one."""
    found = []
    while step.asked_from is not None:
        found.append(step)
        step = step.asked_from
    return found


def _check_others(turn: Turn, whom: Agent) -> None:
    asked = [row for row in passages.standing(turn.run).open_rows if row.origin == RunStep.Origin.OPINION]
    if any(whom in row.assignees.all() for row in asked):
        raise OpinionRefused(f"L’avis de {whom.full_name} est déjà attendu ; attendez sa réponse.", field="whom")
    if len([row for row in asked if row.asked_from_id == turn.step.pk]) >= MOST_AT_ONCE:
        raise OpinionRefused(f"{MOST_AT_ONCE} avis sont déjà attendus ; attendez une réponse avant d’en demander.")


def _lay(turn: Turn, agent: Agent, whom: Agent, question: str) -> RunStep:
    order = turn.step.order
    planning.make_room(turn.run, order)
    step = RunStep.objects.create(
        run=turn.run,
        order=order,
        label=f"Avis de {whom.full_name}"[:80],
        kind=StepKind.ONE,
        days=turn.step.days,
        required=False,
        again_after_edit=False,
        origin=RunStep.Origin.OPINION,
        asked_from=turn.step,
        asked_by=agent,
        question=question,
    )
    step.assignees.set([whom])
    return step
