"""Record that the TdT holds the request for cancellation."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.cancellation_events import CancellationSent
from hemicycle.chain.transmission.cancelling import STATES, of_courier, require_state
from hemicycle.chain.transmission.models import Cancellation
from hemicycle.dossier import journal


@transaction.atomic
def record_cancellation_sent(
    *, cancellation_id: int, tdt_id: str | None, reconciled: bool, agent: Agent, at: dt.datetime
) -> Cancellation:
    """`reconciled`: found at the TdT after an unknown outcome. `tdt_id` None: held there, its name unknown.

    Twice is once. Raises NotEntitled, WrongCancellationState.
    """
    dossier, cancellation, role = of_courier(cancellation_id, agent, at=at, what="Enregistrer une annulation envoyée")
    if cancellation.state in (STATES.SENT, STATES.ACCEPTED):
        return cancellation
    require_state(cancellation, STATES.SENDING, what="L’enregistrer comme envoyée")

    cancellation.state, cancellation.tdt_id, cancellation.sent_at = STATES.SENT, tdt_id, at
    cancellation.save(update_fields=["state", "tdt_id", "sent_at"])

    event = CancellationSent(cancellation=cancellation.pk, tdt_id=tdt_id or "", reconciled=reconciled)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return cancellation
