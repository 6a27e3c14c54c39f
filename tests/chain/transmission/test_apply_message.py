"""A message put aside, applied to its act by a person: late acknowledgement, cancellation asked elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission import cancellation_queries
from hemicycle.chain.transmission.actions.apply_message import NotApplicable, apply_message
from hemicycle.chain.transmission.actions.park_message import park_message
from hemicycle.chain.transmission.actions.receive_message import receive_message
from hemicycle.chain.transmission.actions.record_anomaly import record_anomaly
from hemicycle.chain.transmission.cancelling import NothingSaid
from hemicycle.chain.transmission.models import Departure, ParkedMessage
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cancellations import a_receipt
from tests.cast import NOON, Cast
from tests.departures import RECEIVED_ON, acknowledged, an_acknowledgement, an_anomaly, deposited, sending

NothingWritten = Callable[[], AbstractContextManager[None]]
STATES = Departure.State
REASON = "La préfecture confirme au téléphone qu’elle a bien reçu l’acte."


def late(cast: Cast) -> tuple[Dossier, Departure, ParkedMessage]:
    """An anomaly first, then an acknowledgement that contradicts it."""
    dossier, departure = deposited(cast)
    record_anomaly(dossier_id=dossier.id, data=an_anomaly(departure), reason="", agent=cast.courier, at=NOON)
    return dossier, departure, parked(cast, an_acknowledgement(departure))


def parked(cast: Cast, data: bytes) -> ParkedMessage:
    message = receive_message(data=data, agent=cast.courier, at=NOON)
    assert message is not None
    return message


def apply(cast: Cast, message: ParkedMessage, *, reason: str = REASON) -> ParkedMessage:
    return apply_message(message_id=message.pk, reason=reason, agent=cast.clerk, at=NOON)


def test_a_late_acknowledgement_takes_the_act_out_of_its_refusal(cast: Cast) -> None:
    dossier, departure, message = late(cast)
    offered = cancellation_queries.applicable([message])

    apply(cast, message)

    for row in (dossier, departure, message):
        row.refresh_from_db()
    assert offered == {message.pk}
    assert (dossier.stage, departure.state) == (Stage.ACKNOWLEDGED, STATES.ACKNOWLEDGED)
    assert (departure.received_on, departure.acknowledged_at) == (RECEIVED_ON, NOON)
    assert (message.settled_by, message.settled_at) == (cast.clerk, NOON)
    assert [entry.event for entry in journal.of(dossier)][-2:] == [
        "transmission.message_applied",
        "transmission.acknowledgement_recorded",
    ]
    assert journal.of(dossier)[-2].sealed["facts"]["before"] == "refusé"


def test_an_uncertain_sending_that_the_prefecture_acknowledges_has_arrived(cast: Cast) -> None:
    dossier, departure = sending(cast)
    message = parked(cast, an_acknowledgement(departure))

    apply(cast, message)

    departure.refresh_from_db()
    dossier.refresh_from_db()
    assert (dossier.stage, departure.state) == (Stage.ACKNOWLEDGED, STATES.ACKNOWLEDGED)
    assert departure.deposited_at == departure.sending_at


def test_a_cancellation_asked_elsewhere_is_applied(cast: Cast) -> None:
    dossier, departure = acknowledged(cast)
    message = parked(cast, a_receipt(departure))
    offered = cancellation_queries.applicable([message])

    apply(cast, message, reason="Annulée sur le site du TdT.")

    departure.refresh_from_db()
    dossier.refresh_from_db()
    assert offered == {message.pk}
    assert (dossier.stage, departure.state) == (Stage.TRANSMISSION_CANCELLED, STATES.CANCELLED)
    assert departure.cancellations.get().reason == "Annulée sur le site du TdT."


def test_a_reason_is_needed(cast: Cast, nothing_written: NothingWritten) -> None:
    _, _, message = late(cast)

    with pytest.raises(NothingSaid), nothing_written():
        apply(cast, message, reason=" ")


@pytest.mark.parametrize("who", ["drafter", "chief_executive", "administrator", "courier"])
def test_only_the_service_des_assemblees_applies_it(cast: Cast, nothing_written: NothingWritten, who: str) -> None:
    _, _, message = late(cast)

    with pytest.raises(NotEntitled), nothing_written():
        apply_message(message_id=message.pk, reason=REASON, agent=getattr(cast, who), at=NOON)


def test_another_date_after_an_acknowledgement_is_not_applied(cast: Cast, nothing_written: NothingWritten) -> None:
    _, departure = acknowledged(cast)
    message = parked(cast, an_acknowledgement(departure).replace(b"2026-11-26", b"2026-11-27"))
    offered = cancellation_queries.applicable([message])

    with pytest.raises(NotApplicable, match="classez-le"), nothing_written():
        apply(cast, message)

    assert offered == set()


def test_one_of_another_act_is_not_applied_to_this_one(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, departure, _ = late(cast)
    data = an_acknowledgement(departure, acte_id=departure.unique_id.replace("CP_2026", "CD_2026"))
    message = park_message(data=data, why="?", dossier_id=dossier.id, agent=cast.courier, at=NOON)

    with pytest.raises(NotApplicable, match="autre acte"), nothing_written():
        apply(cast, message)


def test_a_message_of_no_act_or_already_settled_is_not_applied(cast: Cast, nothing_written: NothingWritten) -> None:
    _, _, message = late(cast)
    apply(cast, message)
    stranger = park_message(data=b"<a/>", why="?", agent=cast.courier, at=NOON)

    for other in (message, stranger):
        with pytest.raises(NotApplicable, match="n’est plus à examiner"), nothing_written():
            apply(cast, other)
