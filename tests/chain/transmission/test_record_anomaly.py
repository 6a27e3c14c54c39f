"""Recording a refusal of the préfecture or of the TdT."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.record_anomaly import NotThisAnomaly, record_anomaly
from hemicycle.chain.transmission.locking import WrongDepartureState
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.departures import acknowledged, an_anomaly, an_envelope_anomaly, deposited, prepared, sending

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_an_anomaly_is_said_in_plain_french_and_kept(cast: Cast) -> None:
    dossier, departure = deposited(cast)
    data = an_anomaly(departure)

    record_anomaly(dossier_id=dossier.id, data=data, reason="Anomalie 002", agent=cast.courier, at=NOON)

    departure.refresh_from_db()
    dossier.refresh_from_db()
    assert (departure.state, departure.anomaly_code) == (Departure.State.ANOMALY, "002")
    assert departure.anomaly_detail.startswith("L’acte suit une classification qui n’est plus en vigueur")
    assert "« ODT-VERIF-01 »" in departure.anomaly_detail
    assert departure.anomaly is not None
    assert attachments.read(departure.anomaly) == data
    assert dossier.stage == Stage.REFUSED_BY_PREFECTURE


def test_an_anomaly_of_the_envelope_is_understood_too(cast: Cast) -> None:
    dossier, departure = deposited(cast)

    record_anomaly(dossier_id=dossier.id, data=an_envelope_anomaly(departure), reason="", agent=cast.courier, at=NOON)

    departure.refresh_from_db()
    assert departure.anomaly_code == "5"
    assert "ne connaît pas le SIREN" in departure.anomaly_detail


def test_an_unknown_nature_gives_the_words_received(cast: Cast) -> None:
    dossier, departure = deposited(cast)
    data = an_anomaly(departure, nature="042", detail="Pièce illisible")

    record_anomaly(dossier_id=dossier.id, data=data, reason="", agent=cast.courier, at=NOON)

    departure.refresh_from_db()
    assert departure.anomaly_detail.endswith("Motif reçu : « Pièce illisible »")


def test_a_refusal_by_the_tdt_has_no_message(cast: Cast) -> None:
    dossier, departure = sending(cast)

    record_anomaly(dossier_id=dossier.id, data=b"", reason="Le numéro n’est pas correct.", agent=cast.courier, at=NOON)

    departure.refresh_from_db()
    assert (departure.anomaly_code, departure.anomaly_detail) == ("TDT", "Le numéro n’est pas correct.")
    assert departure.anomaly is None
    assert journal.of(dossier)[-1].event == "transmission.anomaly_recorded"


def test_an_unreadable_message_does_not_hide_the_refusal(cast: Cast) -> None:
    dossier, departure = deposited(cast)

    record_anomaly(dossier_id=dossier.id, data=b"<html/>", reason="Enveloppe invalide", agent=cast.courier, at=NOON)

    departure.refresh_from_db()
    assert departure.anomaly_detail == "Enveloppe invalide"


def test_a_second_anomaly_is_harmless(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = deposited(cast)
    record_anomaly(dossier_id=dossier.id, data=an_anomaly(departure), reason="", agent=cast.courier, at=NOON)

    with nothing_written():
        record_anomaly(dossier_id=dossier.id, data=an_anomaly(departure), reason="", agent=cast.courier, at=NOON)


def test_the_anomaly_of_another_act_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)
    _, other = prepared(cast)

    with pytest.raises(NotThisAnomaly, match="concerne l’acte"), nothing_written():
        record_anomaly(dossier_id=dossier.id, data=an_anomaly(other), reason="", agent=cast.courier, at=NOON)


def test_the_anomaly_of_another_authority_s_envelope_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = deposited(cast)
    data = an_envelope_anomaly(departure, siren="223400011")

    with pytest.raises(NotThisAnomaly, match="223400011"), nothing_written():
        record_anomaly(dossier_id=dossier.id, data=data, reason="", agent=cast.courier, at=NOON)


def test_no_anomaly_after_the_acknowledgement(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = acknowledged(cast)

    with pytest.raises(WrongDepartureState, match="accusé de réception reçu"), nothing_written():
        record_anomaly(dossier_id=dossier.id, data=an_anomaly(departure), reason="", agent=cast.courier, at=NOON)


def test_only_the_courier_brings_it(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_anomaly(dossier_id=dossier.id, data=b"", reason="Refus", agent=cast.clerk, at=NOON)
