"""Messages as they come, in any order: each guard of the state machine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission.actions.receive_message import receive_message
from hemicycle.chain.transmission.actions.record_anomaly import record_anomaly
from hemicycle.chain.transmission.actions.retry_departure import retry_departure
from hemicycle.chain.transmission.models import Departure, ParkedMessage
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.protocols.actes import build_message
from hemicycle.protocols.actes.messages import ARAnnulation
from tests.cast import NOON, Cast
from tests.departures import (
    RECEIVED_ON,
    acknowledged,
    an_acknowledgement,
    an_anomaly,
    an_envelope_anomaly,
    deposited,
    sending,
)

NothingWritten = Callable[[], AbstractContextManager[None]]
STATES = Departure.State


def receive(cast: Cast, data: bytes) -> ParkedMessage | None:
    return receive_message(data=data, agent=cast.courier, at=NOON)


def state_of(departure: Departure) -> str:
    departure.refresh_from_db()
    return departure.state


def events(dossier: Dossier) -> list[str]:
    return [entry.event for entry in journal.of(dossier)]


def test_an_acknowledgement_finds_its_act(cast: Cast) -> None:
    _, departure = deposited(cast)

    assert receive(cast, an_acknowledgement(departure)) is None
    assert state_of(departure) == STATES.ACKNOWLEDGED


def test_the_same_acknowledgement_twice_is_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    _, departure = acknowledged(cast)

    with nothing_written():
        receive(cast, an_acknowledgement(departure))


def test_the_same_acknowledgement_in_other_bytes_is_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    _, departure = acknowledged(cast)

    with nothing_written():
        receive(cast, an_acknowledgement(departure) + b"\n\n")


def test_an_acknowledgement_of_another_date_is_put_aside_and_the_first_stays(cast: Cast) -> None:
    _, departure = acknowledged(cast)
    first = departure.acknowledgement
    other = an_acknowledgement(departure).replace(b"2026-11-26", b"2026-11-27")

    parked = receive(cast, other)

    departure.refresh_from_db()
    assert parked is not None and "le premier reste" in parked.why
    assert (departure.received_on, departure.acknowledgement) == (RECEIVED_ON, first)


def test_an_acknowledgement_of_no_act_of_ours_is_put_aside(cast: Cast) -> None:
    _, departure = deposited(cast)
    data = an_acknowledgement(departure, acte_id="099-229999990-20261124-AUTRE-DE")

    parked = receive(cast, data)

    assert parked is not None and "099-229999990-20261124-AUTRE-DE" in parked.why
    assert parked.dossier is None
    assert state_of(departure) == STATES.DEPOSITED


def test_an_acknowledgement_of_another_siren_is_put_aside(cast: Cast) -> None:
    _, departure = deposited(cast)
    data = an_acknowledgement(departure, acte_id=departure.unique_id.replace("229999990", "223400011"))

    assert receive(cast, data) is not None
    assert state_of(departure) == STATES.DEPOSITED


def test_an_acknowledgement_before_the_deposit_is_known_is_put_aside(cast: Cast) -> None:
    dossier, departure = sending(cast)

    parked = receive(cast, an_acknowledgement(departure))

    assert parked is not None and parked.dossier == dossier
    assert state_of(departure) == STATES.SENDING


def test_an_acknowledgement_that_comes_after_a_refusal_is_put_aside(cast: Cast) -> None:
    dossier, departure = deposited(cast)
    record_anomaly(dossier_id=dossier.id, data=an_anomaly(departure), reason="", agent=cast.courier, at=NOON)

    parked = receive(cast, an_acknowledgement(departure))

    assert parked is not None and "« refusé »" in parked.why
    assert state_of(departure) == STATES.ANOMALY


def test_an_anomaly_finds_its_act(cast: Cast) -> None:
    _, departure = deposited(cast)

    assert receive(cast, an_anomaly(departure)) is None
    assert state_of(departure) == STATES.ANOMALY


def test_an_anomaly_of_the_envelope_finds_its_act(cast: Cast) -> None:
    _, departure = deposited(cast)

    assert receive(cast, an_envelope_anomaly(departure)) is None
    assert state_of(departure) == STATES.ANOMALY


def test_an_anomaly_after_the_acknowledgement_calls_for_a_person_and_undoes_nothing(cast: Cast) -> None:
    dossier, departure = acknowledged(cast)
    proof = departure.acknowledgement

    parked = receive(cast, an_anomaly(departure))

    departure.refresh_from_db()
    assert parked is not None and "l’accusé de réception reste" in parked.why
    assert (departure.state, departure.acknowledgement, departure.anomaly_code) == (STATES.ACKNOWLEDGED, proof, "")
    assert events(dossier)[-2:] == ["transmission.message_parked", "transmission.anomaly_after_acknowledgement"]


def test_a_late_anomaly_is_told_once(cast: Cast, nothing_written: NothingWritten) -> None:
    _, departure = acknowledged(cast)
    receive(cast, an_anomaly(departure))

    with nothing_written():
        receive(cast, an_anomaly(departure))


def test_a_message_without_a_sequel_is_kept(cast: Cast) -> None:
    dossier, departure = deposited(cast)
    cancelled = build_message(ARAnnulation(acte_id=departure.unique_id, received_on=RECEIVED_ON))

    parked = receive(cast, cancelled)

    assert parked is not None and queries.parked_bytes(parked.pk)[1] == cancelled
    assert events(dossier)[-1] != "transmission.acknowledgement_recorded"


@pytest.mark.parametrize("data", [b"", b"<html/>", b"\x00" * 40, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_what_cannot_be_read_is_kept(cast: Cast, data: bytes) -> None:
    parked = receive(cast, data)

    assert parked is not None and parked.why.startswith("Ce message est illisible.")
    assert queries.parked_bytes(parked.pk)[1] == data


def test_an_answer_to_an_attempt_that_another_followed_is_put_aside(cast: Cast) -> None:
    dossier, departure = deposited(cast)
    record_anomaly(dossier_id=dossier.id, data=an_anomaly(departure), reason="", agent=cast.courier, at=NOON)
    retry_departure(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    Departure.objects.create(
        dossier=dossier,
        attempt=2,
        actes_number="AUTRE_2",
        unique_id="099-229999990-20261124-AUTRE_2-DE",
        message=departure.message,
        envelope=departure.envelope,
        prepared_at=NOON,
    )

    parked = receive(cast, an_acknowledgement(departure))

    assert parked is not None and "un autre a succédé" in parked.why
    assert attachments.read(departure.message)


def test_only_the_courier_receives(cast: Cast, nothing_written: NothingWritten) -> None:
    _, departure = deposited(cast)

    with pytest.raises(NotEntitled), nothing_written():
        receive_message(data=an_acknowledgement(departure), agent=cast.clerk, at=NOON)
