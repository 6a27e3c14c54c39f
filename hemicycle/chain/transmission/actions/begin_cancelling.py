"""Write down the intent to ask the préfecture for a cancellation, before anything leaves."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.cancellation_events import CancellationBegun
from hemicycle.chain.transmission.cancelling import STATES, of_courier, require_state
from hemicycle.chain.transmission.models import Cancellation
from hemicycle.dossier import journal


@transaction.atomic
def begin_cancelling(*, cancellation_id: int, agent: Agent, at: dt.datetime) -> Cancellation:
    """From here on the request may have left: whoever finds this state looks at the TdT first. Twice is once.

    Raises NotEntitled, WrongCancellationState.
    """
    dossier, cancellation, role = of_courier(cancellation_id, agent, at=at, what="Envoyer une annulation")
    if cancellation.state == STATES.SENDING:
        return cancellation
    require_state(cancellation, STATES.CONFIRMED, what="L’envoyer")

    cancellation.state, cancellation.sending_at = STATES.SENDING, at
    cancellation.save(update_fields=["state", "sending_at"])

    journal.record(dossier, CancellationBegun(cancellation=cancellation.pk), by=agent, at=at, role=role)
    return cancellation
