"""Record the acknowledgement of the préfecture (1-2): the proof of reception, and its date."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.events import AcknowledgementRecorded
from hemicycle.chain.transmission.locking import locked, require_state
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.rules import NotOurs, received_on
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.law.calendar import in_french
from hemicycle.protocols.actes import ActesError


class NotThisAcknowledgement(ActionRefused):
    """The message is no acknowledgement, or answers another act or another authority."""


class AnotherAcknowledgement(ActionRefused):
    """The act is acknowledged already, on another day."""


@transaction.atomic
def record_acknowledgement(*, dossier_id: UUID, data: bytes, agent: Agent, at: dt.datetime) -> Departure:
    """Keep the XML and the date of reception it gives, never ours. The same one again, in any writing, is a no-op.

    One that gives another date is not put in the place of the first. Raises NotEntitled, NotThisAcknowledgement,
    AnotherAcknowledgement, WrongDepartureState.
    """
    dossier, departure, role = locked(dossier_id, agent, at=at, what="Enregistrer un accusé de réception")
    try:
        received = received_on(data, unique_id=departure.unique_id)
    except (ActesError, NotOurs) as reason:
        raise NotThisAcknowledgement(str(reason)) from reason
    if departure.state == Departure.State.ACKNOWLEDGED:
        if received != departure.received_on:
            raise AnotherAcknowledgement(
                f"Un second accusé de réception de l’acte {departure.unique_id} donne une autre date, le "
                f"{in_french(received)} : le premier reste ; demandez à la préfecture laquelle fait foi."
            )
        return departure
    require_state(departure, Departure.State.DEPOSITED, what="Enregistrer l’accusé de réception")

    departure.acknowledgement = attachments.keep(
        dossier,
        data,
        kind=Attachment.Kind.PRODUCED,
        title="Accusé de réception de la préfecture",
        name=f"{departure.unique_id}-1-2_0.xml",
        media_type="application/xml",
        by=agent,
        at=at,
        published=False,
    )
    departure.state, departure.acknowledged_at = Departure.State.ACKNOWLEDGED, at
    departure.received_on = received
    departure.save(update_fields=["acknowledgement", "state", "acknowledged_at", "received_on"])
    dossier.move(Move.ACKNOWLEDGED, at=at)

    event = AcknowledgementRecorded(
        unique_id=departure.unique_id, received_on=received.isoformat(), sha256=departure.acknowledgement.sha256
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
    return departure
