"""An acknowledgement kept: by a courier when it was awaited, by a person when it contradicts what was known."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.events import AcknowledgementRecorded
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.stages import Move


def keep(
    dossier: Dossier,
    departure: Departure,
    data: bytes,
    *,
    received_on: dt.date,
    move: Move,
    agent: Agent,
    role: str,
    at: dt.datetime,
) -> None:
    """Keep the 1-2, and the day of reception that it gives. Raises MoveNotAllowed."""
    # A TdT that keeps the 1-2 to itself gives a slip instead.
    slip = data.startswith(b"%PDF-")
    departure.acknowledgement = attachments.keep(
        dossier,
        data,
        kind=Attachment.Kind.PRODUCED,
        title="Bordereau d’acquittement du TdT" if slip else "Accusé de réception de la préfecture",
        name=f"{departure.unique_id}-AR.pdf" if slip else f"{departure.unique_id}-1-2_0.xml",
        media_type="application/pdf" if slip else "application/xml",
        by=agent,
        at=at,
        published=False,
    )
    departure.state, departure.acknowledged_at = Departure.State.ACKNOWLEDGED, at
    departure.received_on = received_on
    departure.save(update_fields=["acknowledgement", "state", "acknowledged_at", "received_on"])
    dossier.move(move, at=at)

    event = AcknowledgementRecorded(
        unique_id=departure.unique_id, received_on=received_on.isoformat(), sha256=departure.acknowledgement.sha256
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
