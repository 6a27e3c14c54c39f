"""Agree to the cancellation that someone else asked for: it leaves for the préfecture."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.cancellation_events import CancellationConfirmed
from hemicycle.chain.transmission.cancelling import DECIDERS, STATES, of_person, require_state
from hemicycle.chain.transmission.models import Cancellation
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import ActionRefused


class SamePerson(ActionRefused):
    message = (
        "Vous avez demandé cette annulation : une autre personne du service des assemblées, ou la direction générale, "
        "doit la confirmer."
    )


@transaction.atomic
def confirm_cancellation(*, dossier_id: UUID, agent: Agent, at: dt.datetime, note: str = "") -> Cancellation:
    """Never by whoever asked. Raises NotEntitled, WrongCancellationState, SamePerson."""
    what = "Confirmer l’annulation d’une transmission"
    dossier, departure, cancellation, role = of_person(dossier_id, agent, *DECIDERS, at=at, what=what)
    require_state(cancellation, STATES.ASKED, what="La confirmer")
    if cancellation.asked_by_id == agent.pk:
        raise SamePerson

    cancellation.state, cancellation.decided_by, cancellation.decided_at = STATES.CONFIRMED, agent, at
    cancellation.note = " ".join(note.split())[:500]
    cancellation.save(update_fields=["state", "decided_by", "decided_at", "note"])

    event = CancellationConfirmed(
        cancellation=cancellation.pk,
        unique_id=departure.unique_id,
        asked_by=cancellation.asked_by.full_name,
        note=cancellation.note,
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
    return cancellation
