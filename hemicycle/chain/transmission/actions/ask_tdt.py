"""Ask the TdT whether it holds an act whose sending has an unknown outcome. Asking sends nothing."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission.events import TdtAsked
from hemicycle.chain.transmission.locking import require_state
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.queries import departure_of
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed


@transaction.atomic
def ask_tdt(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Departure:
    """Only of a sending begun and not concluded; a courier puts the question and notes the answer.

    Raises NotEntitled, MoveNotAllowed, WrongDepartureState.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Interroger le tiers de télétransmission")
    departure = departure_of(dossier)
    if departure is None:
        raise MoveNotAllowed(f"Le dossier {dossier.number} n’a pas d’envoi : rien n’est à demander.")
    require_state(departure, Departure.State.SENDING, what="Demander ce qu’est devenu l’envoi")

    departure.asked_at, departure.asked_answer = at, ""
    departure.save(update_fields=["asked_at", "asked_answer"])

    journal.record(dossier, TdtAsked(attempt=departure.attempt), by=agent, at=at, role=role)
    return departure
