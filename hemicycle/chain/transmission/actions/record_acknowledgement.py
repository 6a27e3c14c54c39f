"""Record the acknowledgement of the préfecture (1-2): the proof of reception, and its date."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission import acknowledging
from hemicycle.chain.transmission.locking import locked, require_state
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.rules import NotOurs, received_on
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.law.calendar import in_french
from hemicycle.protocols.actes import ActesError


class NotThisAcknowledgement(ActionRefused):
    """The message is no acknowledgement, or answers another act or another authority."""


class AnotherAcknowledgement(ActionRefused):
    """The act is acknowledged already, on another day."""


@transaction.atomic
def record_acknowledgement(
    *, dossier_id: UUID, data: bytes, agent: Agent, at: dt.datetime, attested_on: dt.date | None = None
) -> Departure:
    """Keep the XML and the date of reception it gives, never ours. The same one again, in any writing, is a no-op.

    `attested_on`: the day of reception, told by a TdT that keeps the 1-2 to itself; `data` is then its slip (PDF). One
    that gives another date is not put in the place of the first. Raises NotEntitled, NotThisAcknowledgement,
    AnotherAcknowledgement, WrongDepartureState.
    """
    dossier, departure, role = locked(dossier_id, agent, at=at, what="Enregistrer un accusé de réception")
    try:
        received = attested_on or received_on(data, unique_id=departure.unique_id)
    except (ActesError, NotOurs) as reason:
        raise NotThisAcknowledgement(str(reason)) from reason
    if departure.state == Departure.State.ACKNOWLEDGED:
        if received != departure.received_on:
            raise AnotherAcknowledgement(
                f"Un second accusé de réception de l’acte {departure.unique_id} donne une autre date, le "
                f"{in_french(received)} : le premier reste ; demandez à la préfecture laquelle fait foi."
            )
        return departure
    if departure.state == Departure.State.CANCELLED and received == departure.received_on:
        # The one that the cancellation followed, come again.
        return departure
    require_state(departure, Departure.State.DEPOSITED, what="Enregistrer l’accusé de réception")

    acknowledging.keep(
        dossier, departure, data, received_on=received, move=Move.ACKNOWLEDGED, agent=agent, role=role, at=at
    )
    return departure
