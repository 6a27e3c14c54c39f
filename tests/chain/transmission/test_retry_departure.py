"""Letting a refused act depart again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.prepare_departure import prepare_departure
from hemicycle.chain.transmission.actions.record_anomaly import record_anomaly
from hemicycle.chain.transmission.actions.retry_departure import retry_departure
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.rules import NUMBER_TAKEN
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.departures import an_anomaly, deposited, sending

NothingWritten = Callable[[], AbstractContextManager[None]]


def refused(cast: Cast) -> tuple[Dossier, Departure]:
    """By the préfecture, after the deposit."""
    dossier, departure = deposited(cast)
    data = an_anomaly(departure)
    return dossier, record_anomaly(dossier_id=dossier.id, data=data, reason="", agent=cast.courier, at=NOON)


def test_the_act_is_ready_to_leave_again(cast: Cast) -> None:
    dossier, first = refused(cast)

    retry_departure(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    second = prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.SIGNED
    assert (second.attempt, second.state) == (2, Departure.State.PREPARED)
    assert [e.event for e in journal.of(dossier)][-2:] == [
        "transmission.departs_again",
        "transmission.departure_prepared",
    ]
    first.refresh_from_db()
    assert first.state == Departure.State.ANOMALY


def test_a_number_that_the_tdt_holds_takes_a_suffix(cast: Cast) -> None:
    dossier, first = refused(cast)

    retry_departure(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    second = prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert second.actes_number == f"{first.actes_number}_2"
    assert second.unique_id == first.unique_id.replace(first.actes_number, second.actes_number)


@pytest.mark.parametrize(("code", "suffix"), [("", ""), (NUMBER_TAKEN, "_2")])
def test_a_number_refused_at_the_door_is_kept_unless_it_was_taken(cast: Cast, code: str, suffix: str) -> None:
    dossier, first = sending(cast)
    record_anomaly(dossier_id=dossier.id, data=b"", reason="Refus", code=code, agent=cast.courier, at=NOON)

    retry_departure(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    second = prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert second.actes_number == f"{first.actes_number}{suffix}"


def test_a_refused_act_does_not_leave_by_itself(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = refused(cast)

    with pytest.raises(MoveNotAllowed), nothing_written():
        prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)


@pytest.mark.parametrize("who", ["courier", "drafter", "president"])
def test_the_service_des_assemblees_decides_of_it(cast: Cast, who: str, nothing_written: NothingWritten) -> None:
    dossier, _ = refused(cast)

    with pytest.raises(NotEntitled), nothing_written():
        retry_departure(dossier_id=dossier.id, agent=getattr(cast, who), at=NOON)


def test_what_was_not_refused_is_not_sent_again(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(MoveNotAllowed, match="aucun envoi refusé"), nothing_written():
        retry_departure(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
