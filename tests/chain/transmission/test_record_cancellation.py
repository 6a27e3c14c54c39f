"""The 6-2: the préfecture took note, the act is no longer transmitted; and each message that comes out of turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.prepare_departure import prepare_departure
from hemicycle.chain.transmission.actions.receive_message import receive_message
from hemicycle.chain.transmission.actions.record_cancellation import record_cancellation
from hemicycle.chain.transmission.actions.retry_departure import retry_departure
from hemicycle.chain.transmission.cancelling import NotThisReceipt, WrongCancellationState
from hemicycle.chain.transmission.locking import WrongDepartureState
from hemicycle.chain.transmission.models import Cancellation, Departure
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from hemicycle.protocols.actes import Attestation, build_attestation
from tests.cancellations import CANCELLED_ON, a_receipt, asked, cancelled, sent
from tests.cast import NOON, Cast
from tests.departures import acknowledged, an_acknowledgement, deposited

NothingWritten = Callable[[], AbstractContextManager[None]]
STATES = Departure.State


def test_the_act_stays_and_is_no_longer_transmitted(cast: Cast) -> None:
    dossier, cancellation = sent(cast)
    number, data = dossier.act_number, a_receipt(cancellation.departure)

    departure = record_cancellation(dossier_id=dossier.id, data=data, agent=cast.courier, at=NOON)

    dossier.refresh_from_db()
    cancellation.refresh_from_db()
    assert (departure.state, dossier.stage) == (STATES.CANCELLED, Stage.TRANSMISSION_CANCELLED)
    assert dossier.act_number == number
    assert (cancellation.state, cancellation.received_on) == (Cancellation.State.ACCEPTED, CANCELLED_ON)
    assert cancellation.receipt is not None and attachments.read(cancellation.receipt) == data
    assert departure.acknowledgement is not None
    assert journal.of(dossier)[-1].event == "transmission.cancelled"


def test_the_same_one_again_is_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = cancelled(cast)

    with nothing_written():
        record_cancellation(dossier_id=dossier.id, data=a_receipt(departure), agent=cast.courier, at=NOON)


def test_one_of_another_date_is_not_put_in_its_place(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = cancelled(cast)
    other = a_receipt(departure, on=CANCELLED_ON + dt.timedelta(days=1))

    with pytest.raises(WrongCancellationState, match="le premier reste"), nothing_written():
        record_cancellation(dossier_id=dossier.id, data=other, agent=cast.courier, at=NOON)


@pytest.mark.parametrize("far", [asked, acknowledged])
def test_one_that_two_people_did_not_ask_for_is_left_to_a_person(
    cast: Cast, far: Callable[[Cast], object], nothing_written: NothingWritten
) -> None:
    far(cast)
    departure = Departure.objects.get()

    with pytest.raises(WrongCancellationState, match="personne n’a fait annuler"), nothing_written():
        record_cancellation(dossier_id=departure.dossier_id, data=a_receipt(departure), agent=cast.courier, at=NOON)


def test_one_of_an_act_never_acknowledged_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure = deposited(cast)

    with pytest.raises(WrongDepartureState, match="ne s’annule pas"), nothing_written():
        record_cancellation(dossier_id=dossier.id, data=a_receipt(departure), agent=cast.courier, at=NOON)


def test_one_of_another_act_or_another_siren_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, cancellation = sent(cast)
    ours = cancellation.departure.unique_id
    others = [ours.replace("229999990", "227500055"), ours.replace("CP_2026", "CD_2026"), "illisible"]

    for other in others:
        data = a_receipt(cancellation.departure, acte_id=other) if other != "illisible" else b"<rien"
        with pytest.raises(NotThisReceipt), nothing_written():
            record_cancellation(dossier_id=dossier.id, data=data, agent=cast.courier, at=NOON)


def test_only_a_courier_records_it(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, cancellation = sent(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_cancellation(dossier_id=dossier.id, data=a_receipt(cancellation.departure), agent=cast.clerk, at=NOON)


def test_it_finds_its_act_by_itself(cast: Cast) -> None:
    dossier, cancellation = sent(cast)

    parked = receive_message(data=a_receipt(cancellation.departure), agent=cast.courier, at=NOON)

    dossier.refresh_from_db()
    assert parked is None
    assert dossier.stage == Stage.TRANSMISSION_CANCELLED


def test_the_acknowledgement_come_again_after_it_is_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    _, departure = cancelled(cast)

    with nothing_written():
        receive_message(data=an_acknowledgement(departure), agent=cast.courier, at=NOON)


def test_another_acknowledgement_after_it_is_put_aside(cast: Cast) -> None:
    dossier, departure = cancelled(cast)
    other = an_acknowledgement(departure).replace(b"2026-11-26", b"2026-12-02")

    parked = receive_message(data=other, agent=cast.courier, at=NOON)

    dossier.refresh_from_db()
    assert parked is not None and "transmission annulée" in parked.why
    assert dossier.stage == Stage.TRANSMISSION_CANCELLED


def test_the_act_may_be_transmitted_again_under_a_number_that_is_free(cast: Cast) -> None:
    dossier, first = cancelled(cast)

    retry_departure(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    second = prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    first.refresh_from_db()
    assert first.state == STATES.CANCELLED
    assert (second.attempt, second.actes_number) == (2, f"{first.actes_number}_2")


def test_the_account_of_a_tdt_that_keeps_the_message_to_itself_is_kept_as_such(cast: Cast) -> None:
    dossier, cancellation = sent(cast)
    told = Attestation(
        source="Stela", about="ARAnnulation", acte_id=cancellation.departure.unique_id, on=CANCELLED_ON, says=""
    )

    departure = record_cancellation(dossier_id=dossier.id, data=build_attestation(told), agent=cast.courier, at=NOON)

    cancellation.refresh_from_db()
    assert departure.state == STATES.CANCELLED
    assert cancellation.received_on == CANCELLED_ON
    assert cancellation.receipt is not None
    assert (cancellation.receipt.media_type, cancellation.receipt.title) == (
        "application/json",
        "Attestation du TdT sur l’annulation",
    )
