"""Put a request for cancellation aside, with a reason: nothing leaves, the transmission stands."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.cancellation_events import CancellationDeclined
from hemicycle.chain.transmission.cancelling import DECIDERS, STATES, of_person, require_state, said
from hemicycle.chain.transmission.models import Cancellation
from hemicycle.dossier import journal


@transaction.atomic
def decline_cancellation(*, dossier_id: UUID, note: str, agent: Agent, at: dt.datetime) -> Cancellation:
    """By another person, or by whoever asked and thinks better of it; never once confirmed.

    Raises NotEntitled, NothingSaid, WrongCancellationState.
    """
    what = "Écarter l’annulation d’une transmission"
    dossier, _, cancellation, role = of_person(dossier_id, agent, *DECIDERS, at=at, what=what)
    require_state(cancellation, STATES.ASKED, what="L’écarter")
    why = said(note, what="Dites pourquoi la demande est écartée.", field="note")

    cancellation.state, cancellation.decided_by, cancellation.decided_at = STATES.DECLINED, agent, at
    cancellation.note, cancellation.concluded_at = why, at
    cancellation.save(update_fields=["state", "decided_by", "decided_at", "note", "concluded_at"])

    event = CancellationDeclined(cancellation=cancellation.pk, asked_by=cancellation.asked_by.full_name, reason=why)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return cancellation
