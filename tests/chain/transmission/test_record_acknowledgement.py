"""Recording the acknowledgement of the préfecture."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.record_acknowledgement import (
    NotThisAcknowledgement,
    record_acknowledgement,
)
from hemicycle.chain.transmission.locking import WrongDepartureState
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.departures import RECEIVED_ON, acknowledged, an_acknowledgement, an_anomaly, deposited, sending

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_date_of_reception_is_the_one_the_state_gives(cast: Cast) -> None:
    dossier, departure = deposited(cast)

    record_acknowledgement(dossier_id=dossier.id, data=an_acknowledgement(departure), agent=cast.courier, at=NOON)

    departure.refresh_from_db()
    dossier.refresh_from_db()
    assert (departure.state, departure.received_on) == (Departure.State.ACKNOWLEDGED, RECEIVED_ON)
    assert dossier.stage == Stage.ACKNOWLEDGED
    assert journal.of(dossier)[-1].sealed["facts"]["received_on"] == "2026-11-26"


def test_its_xml_is_kept_byte_for_byte(cast: Cast) -> None:
    dossier, departure = deposited(cast)
    data = an_acknowledgement(departure)

    record_acknowledgement(dossier_id=dossier.id, data=data, agent=cast.courier, at=NOON)

    departure.refresh_from_db()
    assert departure.acknowledgement is not None
    assert attachments.read(departure.acknowledgement) == data


def test_a_second_acknowledgement_is_harmless(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = acknowledged(cast)

    with nothing_written():
        record_acknowledgement(dossier_id=dossier.id, data=an_acknowledgement(departure), agent=cast.courier, at=NOON)


def test_an_acknowledgement_of_another_siren_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = deposited(cast)
    stranger = an_acknowledgement(departure, acte_id=departure.unique_id.replace("229999990", "223400011"))

    with pytest.raises(NotThisAcknowledgement, match="autre collectivité"), nothing_written():
        record_acknowledgement(dossier_id=dossier.id, data=stranger, agent=cast.courier, at=NOON)


def test_an_acknowledgement_of_another_act_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = deposited(cast)
    other = an_acknowledgement(departure, acte_id=departure.unique_id.replace(departure.actes_number, "CP_2020_0001"))

    with pytest.raises(NotThisAcknowledgement, match="autre acte"), nothing_written():
        record_acknowledgement(dossier_id=dossier.id, data=other, agent=cast.courier, at=NOON)


def test_another_act_s_acknowledgement_is_refused_even_after_ours(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = acknowledged(cast)
    other = an_acknowledgement(departure, acte_id=departure.unique_id.replace(departure.actes_number, "CP_2020_0001"))

    with pytest.raises(NotThisAcknowledgement), nothing_written():
        record_acknowledgement(dossier_id=dossier.id, data=other, agent=cast.courier, at=NOON)


@pytest.mark.parametrize("data", [b"", b"<html>Erreur</html>", b"<?xml version='1.0'?><!DOCTYPE a><a/>"])
def test_what_is_no_acknowledgement_is_refused(cast: Cast, data: bytes, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(NotThisAcknowledgement), nothing_written():
        record_acknowledgement(dossier_id=dossier.id, data=data, agent=cast.courier, at=NOON)


def test_an_anomaly_is_no_acknowledgement(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = deposited(cast)

    with pytest.raises(NotThisAcknowledgement, match="AnomalieActe"), nothing_written():
        record_acknowledgement(dossier_id=dossier.id, data=an_anomaly(departure), agent=cast.courier, at=NOON)


def test_only_the_courier_brings_it(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = deposited(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_acknowledgement(dossier_id=dossier.id, data=an_acknowledgement(departure), agent=cast.clerk, at=NOON)


def test_what_was_not_deposited_is_not_acknowledged(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = sending(cast)

    with pytest.raises(WrongDepartureState, match="envoi en cours"), nothing_written():
        record_acknowledgement(dossier_id=dossier.id, data=an_acknowledgement(departure), agent=cast.courier, at=NOON)
