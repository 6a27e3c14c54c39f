"""Cancellations of a transmission, taken as far as the test needs, with the message that answers them."""

from __future__ import annotations

import datetime as dt

from hemicycle.chain.transmission.actions.ask_cancellation import ask_cancellation
from hemicycle.chain.transmission.actions.begin_cancelling import begin_cancelling
from hemicycle.chain.transmission.actions.confirm_cancellation import confirm_cancellation
from hemicycle.chain.transmission.actions.record_cancellation import record_cancellation
from hemicycle.chain.transmission.actions.record_cancellation_sent import record_cancellation_sent
from hemicycle.chain.transmission.models import Cancellation, Departure
from hemicycle.dossier.models import Dossier
from hemicycle.protocols.actes import build_message
from hemicycle.protocols.actes.messages import ARAnnulation
from tests.cast import NOON, Cast
from tests.departures import acknowledged

REASON = "La mauvaise annexe est partie."
#: The préfecture took note of it some days after: no date of ours.
CANCELLED_ON = dt.date(2026, 11, 30)


def asked(cast: Cast) -> tuple[Dossier, Cancellation]:
    """By the service des assemblées, of an act that the préfecture acknowledged."""
    dossier, _ = acknowledged(cast)
    return dossier, ask_cancellation(dossier_id=dossier.id, reason=REASON, agent=cast.clerk, at=NOON)


def confirmed(cast: Cast) -> tuple[Dossier, Cancellation]:
    dossier, _ = asked(cast)
    return dossier, confirm_cancellation(dossier_id=dossier.id, agent=cast.chief_executive, at=NOON)


def begun(cast: Cast) -> tuple[Dossier, Cancellation]:
    dossier, cancellation = confirmed(cast)
    return dossier, begin_cancelling(cancellation_id=cancellation.pk, agent=cast.courier, at=NOON)


def sent(cast: Cast) -> tuple[Dossier, Cancellation]:
    dossier, cancellation = begun(cast)
    made = record_cancellation_sent(
        cancellation_id=cancellation.pk, tdt_id="4300", reconciled=False, agent=cast.courier, at=NOON
    )
    return dossier, made


def cancelled(cast: Cast) -> tuple[Dossier, Departure]:
    dossier, cancellation = sent(cast)
    data = a_receipt(cancellation.departure)
    departure = record_cancellation(dossier_id=dossier.id, data=data, agent=cast.courier, at=NOON)
    dossier.refresh_from_db()
    return dossier, departure


def a_receipt(departure: Departure, *, acte_id: str = "", on: dt.date = CANCELLED_ON) -> bytes:
    """The 6-2."""
    return build_message(ARAnnulation(acte_id=acte_id or departure.unique_id, received_on=on))
