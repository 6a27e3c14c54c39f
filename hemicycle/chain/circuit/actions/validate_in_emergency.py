"""Validate in emergency: ready for a sitting without all its visas; flagged up to the act."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import emergency
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.actions.give_visa import OwnDraft, require_in_circuit, require_read
from hemicycle.chain.circuit.actions.pass_on import waive
from hemicycle.chain.circuit.events import ValidatedInEmergency
from hemicycle.chain.circuit.models import RunStep
from hemicycle.dossier import access, companions, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.texts.typed import several_lines
from hemicycle.workflow import passage


class ReasonMissing(ActionRefused):
    message = "Une validation en urgence se motive : le motif suit le dossier jusqu’à l’acte."


@transaction.atomic
def validate_in_emergency(
    *, dossier_id: UUID, agent: Agent, version_read: int, reason: str, at: dt.datetime
) -> Dossier:
    """Take the dossier out of its circuit, ready for a sitting, without the visas that are missing.

    The DGS and the president may. The missing visas stay so, « manquant, validé en urgence ». Raises NotEntitled,
    ReasonMissing, OwnDraft, TextHasChanged, MoveNotAllowed.
    """
    dossier = companions.lock(dossier_id)
    role = access.require_role(agent, *emergency.ROLES, on=day(at), what="Valider un dossier en urgence")
    run = require_in_circuit(dossier, "Aucune validation en urgence n’est possible")
    if dossier.drafter_id == agent.pk:
        raise OwnDraft
    version = require_read(dossier, version_read)
    said = several_lines(reason, 500)
    if not said:
        raise ReasonMissing(field="reason")
    stands = passages.standing(run)
    left = [row for place, row in enumerate(stands.rows) if not passage.settled(stands.state, place)]

    waive(left, by=agent, why=said, at=at)
    passages.open_current(run, at=at)
    run.completed_at = at
    run.save(update_fields=["completed_at"])
    _flag(dossier, said)
    passages.carry(dossier, Move.VALIDATED_IN_EMERGENCY, agent=agent, role=role, at=at)

    event = ValidatedInEmergency(version=version.number, digest=version.digest, missing=_required(left), reason=said)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return dossier


def _flag(dossier: Dossier, reason: str) -> None:
    for flagged in (dossier, *companions.of(dossier)):
        flagged.emergency = reason
        flagged.save(update_fields=["emergency"])


def _required(rows: list[RunStep]) -> tuple[str, ...]:
    return tuple(row.label for row in rows if row.required)
