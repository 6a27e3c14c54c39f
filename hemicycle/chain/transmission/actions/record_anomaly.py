"""Record a refusal: anomaly of the préfecture (1-3), of the envelope, or of the TdT itself."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.events import AnomalyRecorded
from hemicycle.chain.transmission.locking import locked, require_state
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.rules import Anomaly, NotOurs, read_anomaly
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move

STATES = Departure.State


class NotThisAnomaly(ActionRefused):
    """The anomaly answers another transmission."""


@transaction.atomic
def record_anomaly(
    *, dossier_id: UUID, data: bytes, reason: str, agent: Agent, at: dt.datetime, code: str = ""
) -> Departure:
    """Keep the refusal and what it means in French; `data` is its XML, empty when the TdT only gave a `reason`.

    `code` names a refusal that has no message. Never after an acknowledgement; twice is once. Raises NotEntitled,
    NotThisAnomaly, WrongDepartureState.
    """
    dossier, departure, role = locked(dossier_id, agent, at=at, what="Enregistrer une anomalie")
    if departure.state == STATES.ANOMALY:
        return departure
    require_state(departure, STATES.SENDING, STATES.DEPOSITED, what="Enregistrer une anomalie")
    anomaly = _read(departure, data, reason)

    if data:
        departure.anomaly = attachments.keep(
            dossier,
            data,
            kind=Attachment.Kind.PRODUCED,
            title="Anomalie signalée par la préfecture",
            name=f"{departure.unique_id}-1-3_0.xml",
            media_type="application/xml",
            by=agent,
            at=at,
            published=False,
        )
    departure.state, departure.anomaly_code = STATES.ANOMALY, code or anomaly.code
    departure.anomaly_detail = anomaly.detail[:1000]
    departure.save(update_fields=["state", "anomaly", "anomaly_code", "anomaly_detail"])
    dossier.move(Move.ANOMALY_RECORDED, at=at)

    event = AnomalyRecorded(code=departure.anomaly_code, detail=departure.anomaly_detail)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return departure


def _read(departure: Departure, data: bytes, reason: str) -> Anomaly:
    try:
        return read_anomaly(data, reason=reason.strip(), unique_id=departure.unique_id)
    except NotOurs as refusal:
        raise NotThisAnomaly(str(refusal)) from refusal
