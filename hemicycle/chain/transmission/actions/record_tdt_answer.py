"""Note what the TdT answered about a sending whose outcome is unknown."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.locking import locked
from hemicycle.chain.transmission.models import Departure


@transaction.atomic
def record_tdt_answer(*, dossier_id: UUID, answer: str, agent: Agent, at: dt.datetime) -> Departure:
    """Shown on the page of the transmissions; what was found is recorded as a deposit besides. Not journaled.

    Raises NotEntitled, WrongDepartureState.
    """
    _, departure, _ = locked(dossier_id, agent, at=at, what="Noter la réponse du tiers de télétransmission")
    departure.asked_at, departure.asked_answer = at, answer[:300]
    departure.save(update_fields=["asked_at", "asked_answer"])
    return departure
