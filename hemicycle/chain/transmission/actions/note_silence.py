"""Tell, once, that nothing came back of a deposit after a full working day."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.events import AnswerMissing
from hemicycle.chain.transmission.locking import locked
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.queries import is_late
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day


@transaction.atomic
def note_silence(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Departure:
    """Once for each attempt; an answer that came meanwhile makes it nothing. Raises NotEntitled."""
    dossier, departure, role = locked(dossier_id, agent, at=at, what="Signaler une absence de réponse")
    if departure.silence_told_at is not None or departure.deposited_at is None or not is_late(departure, on=day(at)):
        return departure

    departure.silence_told_at = at
    departure.save(update_fields=["silence_told_at"])

    event = AnswerMissing(attempt=departure.attempt, deposited_on=day(departure.deposited_at).isoformat())
    journal.record(dossier, event, by=agent, at=at, role=role)
    return departure
