"""Pass the dossier on to a later step; what lies between is left without visa, with the reason."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import emergency
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.actions.give_visa import (
    NotYourTurn,
    OwnDraft,
    principal_of,
    require_in_circuit,
    require_read,
)
from hemicycle.chain.circuit.events import PassedOn
from hemicycle.chain.circuit.models import RunStep
from hemicycle.dossier import companions, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import several_lines
from hemicycle.workflow import passage


class ReasonMissing(ActionRefused):
    message = "Dites pourquoi ces étapes sont passées : le motif reste dans le parcours."


class PassingRefused(ActionRefused):
    """The dossier cannot be passed on to that step; the sentence says why."""


@transaction.atomic
def pass_on(
    *,
    dossier_id: UUID,
    agent: Agent,
    version_read: int,
    to_step: int,
    reason: str,
    at: dt.datetime,
    on_behalf_of_id: UUID | None = None,
) -> RunStep:
    """Open that later step (RunStep) now: the steps before it that are not settled, this one too, are waived.

    Whoever is awaited may, or whoever asked for the opinions that are awaited; a required visa is waived by whoever
    may validate in emergency only, and these need not be awaited. Raises ReasonMissing, PassingRefused, NotYourTurn,
    TextHasChanged, OwnDraft, NoDelegation, MoveNotAllowed.
    """
    dossier = companions.lock(dossier_id)
    run = require_in_circuit(dossier)
    principal, delegation = principal_of(agent, on_behalf_of_id, on=day(at))
    by_right = emergency.role_of(agent, on=day(at))
    stands = passages.standing(run)
    _require_place(stands, agent, principal, by_right)
    if dossier.drafter_id in (agent.pk, principal.pk):
        raise OwnDraft
    version = require_read(dossier, version_read)
    target, between = _between(stands, to_step)
    required = [row for row in between if row.required]
    if required and not by_right:
        raise PassingRefused(
            f"Le visa « {', '.join(row.label for row in required)} » est exigé et ne se passe pas ; donnez-le, ou "
            "demandez au DGS ou au président, qui peuvent en dispenser."
        )
    said = several_lines(reason, 500)
    if not said:
        raise ReasonMissing(field="reason")

    waive(between, by=agent, why=said, at=at)
    passages.open_current(run, at=at, focus=target)

    role = by_right if required else next((row.role for row in stands.open_rows), "")
    event = PassedOn(
        to=target.label,
        version=version.number,
        waived=tuple(row.label for row in between),
        required=tuple(row.label for row in required),
        reason=said,
    )
    journal.record(dossier, event, by=agent, at=at, role=role, on_behalf_of=principal if delegation else None)
    target.refresh_from_db()
    return target


def _require_place(stands: passages.Standing, agent: Agent, principal: Agent, by_right: str) -> None:
    awaited = any(principal.pk in stands.awaited(row) for row in stands.open_rows)
    asked = any(row.asked_by_id == agent.pk for row in stands.open_rows)
    if not agent.is_active or not principal.is_active or not (awaited or asked or by_right):
        label = ", ".join(row.label for row in stands.open_rows) or "aucune"
        raise NotYourTurn(f"Le dossier attend à l’étape « {label} » : ce n’est pas à vous de le faire passer.")


def _between(stands: passages.Standing, to_step: int) -> tuple[RunStep, list[RunStep]]:
    """The step aimed at, and those before it that are passed over, opinions awaited included."""
    rank = next((place for place, row in enumerate(stands.rows) if row.pk == to_step), None)
    first = min((stands.rows.index(row) for row in stands.open_rows), default=None)
    if rank is None or first is None or rank <= first or passage.settled(stands.state, rank):
        raise PassingRefused("Choisissez une étape à venir de ce circuit.", field="to_step")
    target = stands.rows[rank]
    if target.origin == RunStep.Origin.OPINION:
        raise PassingRefused("Un dossier passe à une étape de visa, non à un avis.", field="to_step")
    between = range(first, rank)
    return target, [stands.rows[place] for place in between if not passage.settled(stands.state, place)]


def waive(rows: list[RunStep], *, by: Agent, why: str, at: dt.datetime) -> None:
    """Leave those steps without visa, for that reason."""
    for row in rows:
        row.waived_at, row.waived_by, row.waived_why = at, by, why
        row.save(update_fields=["waived_at", "waived_by", "waived_why"])
