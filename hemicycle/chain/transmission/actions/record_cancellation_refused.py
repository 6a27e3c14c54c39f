"""Record that the TdT or the ministry will not cancel: the acknowledgement stands."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.cancellation_events import CancellationRefused
from hemicycle.chain.transmission.cancelling import STATES, of_courier, require_state
from hemicycle.chain.transmission.models import Cancellation
from hemicycle.dossier import journal


@transaction.atomic
def record_cancellation_refused(*, cancellation_id: int, reason: str, agent: Agent, at: dt.datetime) -> Cancellation:
    """Keep the words given; another request may be made once the cause is known. Twice is once.

    Raises NotEntitled, WrongCancellationState.
    """
    dossier, cancellation, role = of_courier(cancellation_id, agent, at=at, what="Enregistrer un refus d’annulation")
    if cancellation.state == STATES.REFUSED:
        return cancellation
    require_state(cancellation, STATES.SENDING, STATES.SENT, what="La dire refusée")

    cancellation.state, cancellation.concluded_at = STATES.REFUSED, at
    cancellation.refusal = " ".join(reason.split())[:1000] or "L’annulation est refusée, sans motif donné."
    cancellation.save(update_fields=["state", "concluded_at", "refusal"])

    event = CancellationRefused(cancellation=cancellation.pk, detail=cancellation.refusal)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return cancellation
