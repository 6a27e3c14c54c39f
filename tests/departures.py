"""Departures with real bytes, and the messages that answer them."""

from __future__ import annotations

import datetime as dt

from hemicycle.chain.transmission.actions.begin_sending import begin_sending
from hemicycle.chain.transmission.actions.prepare_departure import prepare_departure
from hemicycle.chain.transmission.actions.record_acknowledgement import record_acknowledgement
from hemicycle.chain.transmission.actions.record_deposit import record_deposit
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Dossier
from hemicycle.protocols.actes import (
    AnomalieActe,
    AnomalieEnveloppe,
    ARActe,
    EnveloppeCLMISILL,
    TransmissionActe,
    build_envelope,
    build_message,
    parse_envelope,
    parse_message,
    read_archive,
)
from hemicycle.protocols.actes.messages import DonneesActe
from tests.cast import NOON, Cast
from tests.signed_acts import a_signed_dossier

TDT_ID = "4201"
#: The préfecture received it two days after: no date of ours.
RECEIVED_ON = dt.date(2026, 11, 26)


def prepared(cast: Cast, *, annexes: int = 0) -> tuple[Dossier, Departure]:
    dossier = a_signed_dossier(cast, annexes=annexes)
    return dossier, prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def sending(cast: Cast, *, annexes: int = 0) -> tuple[Dossier, Departure]:
    dossier, _ = prepared(cast, annexes=annexes)
    return dossier, begin_sending(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def deposited(cast: Cast, *, annexes: int = 0) -> tuple[Dossier, Departure]:
    dossier, _ = sending(cast, annexes=annexes)
    departure = record_deposit(dossier_id=dossier.id, tdt_id=TDT_ID, reconciled=False, agent=cast.courier, at=NOON)
    dossier.refresh_from_db()
    return dossier, departure


def acknowledged(cast: Cast) -> tuple[Dossier, Departure]:
    dossier, departure = deposited(cast)
    departure = record_acknowledgement(
        dossier_id=dossier.id, data=an_acknowledgement(departure), agent=cast.courier, at=NOON
    )
    dossier.refresh_from_db()
    return dossier, departure


def what_left(departure: Departure) -> DonneesActe:
    """The act as its 1-1 describes it."""
    message = parse_message(attachments.read(departure.message))
    assert isinstance(message, TransmissionActe)
    return message.acte


def an_acknowledgement(departure: Departure, *, acte_id: str = "") -> bytes:
    acte = what_left(departure)
    return build_message(
        ARActe(
            acte_id=acte_id or departure.unique_id,
            received_on=RECEIVED_ON,
            acte=acte,
            classification_date=acte.classification_date,
        )
    )


def an_anomaly(departure: Departure, *, nature: str = "002", detail: str = "ODT-VERIF-01") -> bytes:
    acte = what_left(departure)
    return build_message(
        AnomalieActe(
            on=RECEIVED_ON, nature=nature, detail=detail, acte=acte, classification_date=acte.classification_date
        )
    )


def an_envelope_anomaly(departure: Departure, *, nature: int = 5, siren: str = "") -> bytes:
    first = read_archive(attachments.read(departure.envelope))[0].data
    sent = parse_envelope(first.replace(b"229999990", siren.encode()) if siren else first)
    assert isinstance(sent, EnveloppeCLMISILL)
    return build_envelope(AnomalieEnveloppe(on=RECEIVED_ON, nature=nature, detail="PREF-VERIF-02", received=sent))
