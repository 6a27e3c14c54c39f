"""Write down the intent to send, before anything leaves."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.control import require_sendable
from hemicycle.chain.transmission.events import SendingBegun
from hemicycle.chain.transmission.locking import locked, require_state
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day


@transaction.atomic
def begin_sending(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Departure:
    """From here on something may have left: whoever finds this state asks the TdT first. Twice is once.

    Raises NotEntitled, WrongDepartureState, WouldBeRefused.
    """
    dossier, departure, role = locked(dossier_id, agent, at=at, what="Transmettre un acte")
    if departure.state == Departure.State.SENDING:
        return departure
    require_state(departure, Departure.State.PREPARED, what="Commencer l’envoi")
    require_sendable(dossier, on=day(at), what="transmis")

    departure.state, departure.sending_at = Departure.State.SENDING, at
    departure.save(update_fields=["state", "sending_at"])

    event = SendingBegun(attempt=departure.attempt, unique_id=departure.unique_id)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return departure
