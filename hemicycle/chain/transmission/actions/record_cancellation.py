"""Record that the préfecture took note of a cancellation (6-2): the act is no longer transmitted."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.cancelling import STATES, WrongCancellationState, conclude, day_of, open_request
from hemicycle.chain.transmission.locking import locked
from hemicycle.chain.transmission.models import Departure


@transaction.atomic
def record_cancellation(*, dossier_id: UUID, data: bytes, agent: Agent, at: dt.datetime) -> Departure:
    """Only of a cancellation asked for here and sent; the same 6-2 again is a no-op.

    One that nobody here asked for is refused: a person judges it. Raises NotEntitled, NotThisReceipt,
    WrongDepartureState, WrongCancellationState.
    """
    dossier, departure, role = locked(dossier_id, agent, at=at, what="Enregistrer une annulation")
    received = day_of(departure, data)
    if departure.state == Departure.State.CANCELLED:
        known = departure.cancellations.filter(state=STATES.ACCEPTED).order_by("-id").first()
        if known is not None and known.received_on != received:
            raise WrongCancellationState(
                f"Un second accusé de l’annulation de {departure.unique_id} donne une autre date : le premier reste ; "
                "demandez à la préfecture laquelle fait foi."
            )
        return departure
    cancellation = open_request(departure)
    if cancellation is None or cancellation.state not in (STATES.SENDING, STATES.SENT):
        raise WrongCancellationState(
            f"La préfecture annule la transmission de l’acte {departure.unique_id}, que personne n’a fait annuler "
            "ici : demandez-lui ce qu’il en est avant d’en tenir compte."
        )
    conclude(dossier, departure, cancellation, data, agent=agent, role=role, at=at)
    return departure
