"""Carrying an act to the préfecture once and only once, whatever happens on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission.actions.retry_departure import retry_departure
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.tracking_queries import last_attempts
from hemicycle.couriers import prefecture
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.couriers.world import World
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.gateways.prefecture.errors import NumberTaken, Rejected, Unreachable
from hemicycle.gateways.prefecture.fake import FakeS2low
from hemicycle.protocols.actes import Acte
from tests.cast import NOON, TODAY, Cast
from tests.couriers.worlds import a_task, a_tdt, a_world
from tests.departures import prepared, sending
from tests.signed_acts import a_signed_dossier

STATES = Departure.State


def departure_of(dossier: Dossier) -> Departure:
    found = queries.departure_of(dossier)
    assert found is not None
    return found


def deposit(dossier: Dossier, world: World, *, attempt: int = 1) -> Any:
    return prefecture.deposit_act(a_task(dossier, attempt=attempt), world)


def collect(dossier: Dossier, world: World, *, attempt: int = 1) -> Any:
    return prefecture.collect_acknowledgement(a_task(dossier, attempt=attempt), world)


# --- Preparing --------------------------------------------------------------------------------------------------


def test_the_nomenclature_is_asked_for_before_the_first_departure(cast: Cast) -> None:
    dossier = a_signed_dossier(cast)
    newer = replace(FakeS2low().held, dated=TODAY)

    outcome = prefecture.prepare_departure(a_task(dossier), a_world(tdt=a_tdt(held=newer)))

    cast.authority.refresh_from_db()
    assert outcome == DONE
    assert cast.authority.classification_date == TODAY
    assert departure_of(dossier).state == STATES.PREPARED


def test_without_nomenclature_nothing_is_prepared_while_the_tdt_is_silent(cast: Cast) -> None:
    dossier = a_signed_dossier(cast)

    outcome = prefecture.prepare_departure(a_task(dossier), a_world(tdt=a_tdt(down=True)))

    assert isinstance(outcome, Later)
    assert queries.departure_of(dossier) is None


# --- Depositing -------------------------------------------------------------------------------------------------


def test_an_act_prepared_is_deposited(cast: Cast) -> None:
    dossier, departure = prepared(cast, annexes=1)
    tdt = a_tdt()

    outcome = deposit(dossier, a_world(tdt=tdt))

    departure.refresh_from_db()
    dossier.refresh_from_db()
    assert outcome == DONE
    assert (departure.state, departure.tdt_id) == (STATES.DEPOSITED, "1")
    assert dossier.stage == Stage.TRANSMITTED
    assert tdt.deposits["1"].sent.acte_id == departure.unique_id


def test_the_intent_is_committed_before_anything_leaves(cast: Cast) -> None:
    dossier, _ = prepared(cast)

    class Watching(FakeS2low):
        def deposit(self, acte: Acte) -> int:
            assert departure_of(dossier).state == STATES.SENDING
            return super().deposit(acte)

    deposit(dossier, a_world(tdt=Watching(today=TODAY)))

    assert departure_of(dossier).state == STATES.DEPOSITED


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_a_transaction(cast: Cast) -> None:
    dossier, _ = prepared(cast)
    inside: list[bool] = []

    class Watching(FakeS2low):
        def deposit(self, acte: Acte) -> int:
            inside.append(connection.in_atomic_block)
            return super().deposit(acte)

    deposit(dossier, a_world(tdt=Watching(today=TODAY)))

    assert inside == [False]


def test_a_courier_dead_between_deposit_and_record_leaves_one_act_at_the_prefecture(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, departure = prepared(cast)
    tdt = a_tdt()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(prefecture, "record_deposit", die)
        deposit(dossier, a_world(tdt=tdt))

    outcome = deposit(dossier, a_world(tdt=tdt))

    departure.refresh_from_db()
    assert outcome == DONE
    assert len(tdt.deposits) == 1
    assert departure.tdt_id == "1"
    assert journal.of(dossier)[-1].sealed["facts"]["reconciled"] is True


def die(**_: object) -> None:
    """As a process killed there."""
    raise KeyboardInterrupt


def test_an_answer_lost_on_the_way_is_found_again(cast: Cast) -> None:
    dossier, departure = prepared(cast)
    tdt = a_tdt(lose_next_answer=True)

    first, second = deposit(dossier, a_world(tdt=tdt)), deposit(dossier, a_world(tdt=tdt))

    departure.refresh_from_db()
    assert isinstance(first, Later)
    assert second == DONE
    assert (len(tdt.deposits), departure.tdt_id) == (1, "1")


def test_what_surely_did_not_arrive_is_sent_again(cast: Cast) -> None:
    dossier, departure = sending(cast)
    tdt = a_tdt()

    outcome = deposit(dossier, a_world(tdt=tdt))

    departure.refresh_from_db()
    assert outcome == DONE
    assert (len(tdt.deposits), departure.state) == (1, STATES.DEPOSITED)
    assert journal.of(dossier)[-1].sealed["facts"]["reconciled"] is False


def test_as_long_as_nobody_can_tell_nothing_is_sent(cast: Cast) -> None:
    dossier, departure = sending(cast)

    class Unsure(FakeS2low):
        def find(self, number: str, unique_id: str) -> int | None:
            raise Unreachable("La liste des actes est illisible.")

    tdt = Unsure(today=TODAY)
    outcome = deposit(dossier, a_world(tdt=tdt))

    departure.refresh_from_db()
    assert outcome == Later(why="La liste des actes est illisible.")
    assert (tdt.deposits, departure.state) == ({}, STATES.SENDING)


def test_a_number_already_there_that_is_ours_is_adopted(cast: Cast) -> None:
    dossier, departure = prepared(cast)
    tdt = a_tdt()
    # Another courier, whose lease had run out, deposited it meanwhile.
    tdt.deposit(queries.acte_to_send(dossier.id))

    outcome = deposit(dossier, a_world(tdt=tdt))

    departure.refresh_from_db()
    assert outcome == DONE
    assert (len(tdt.deposits), departure.tdt_id) == (1, "1")


def test_a_number_already_there_that_is_not_ours_is_a_refusal(cast: Cast) -> None:
    dossier, departure = prepared(cast)

    class Taken(FakeS2low):
        def deposit(self, acte: Acte) -> int:
            raise NumberTaken("Un acte portant le même numéro interne existe déjà.")

    outcome = deposit(dossier, a_world(tdt=Taken(today=TODAY)))

    departure.refresh_from_db()
    dossier.refresh_from_db()
    assert outcome == DONE
    assert (departure.state, departure.anomaly_code) == (STATES.ANOMALY, "NUMERO")
    assert "même numéro" in departure.anomaly_detail
    assert dossier.stage == Stage.REFUSED_BY_PREFECTURE


def test_a_deposit_that_the_tdt_refuses_is_shown_to_the_service_des_assemblees(cast: Cast) -> None:
    dossier, departure = prepared(cast)

    class Refusing(FakeS2low):
        def deposit(self, acte: Acte) -> int:
            raise Rejected("Le tiers de télétransmission a refusé : Le numéro n'est pas correct.")

    deposit(dossier, a_world(tdt=Refusing(today=TODAY)))

    departure.refresh_from_db()
    assert (departure.state, departure.anomaly_code) == (STATES.ANOMALY, "TDT")
    (row,) = last_attempts(cast.clerk, on=TODAY, state="anomaly")
    assert "Le numéro n'est pas correct" in row.anomaly_detail


def test_an_errand_carried_twice_deposits_once(cast: Cast) -> None:
    dossier, _ = prepared(cast)
    tdt = a_tdt()

    outcomes = [deposit(dossier, a_world(tdt=tdt)) for _ in range(2)]

    assert outcomes == [DONE, DONE]
    assert len(tdt.deposits) == 1


def test_an_unreachable_tdt_is_tried_later(cast: Cast) -> None:
    dossier, departure = prepared(cast)
    tdt = a_tdt(down=True)

    first = deposit(dossier, a_world(tdt=tdt))
    tdt.down = False
    second = deposit(dossier, a_world(tdt=tdt))

    departure.refresh_from_db()
    assert isinstance(first, Later)
    assert second == DONE
    assert departure.tdt_id == "1"


# --- What comes back --------------------------------------------------------------------------------------------


def at_the_tdt(cast: Cast, tdt: FakeS2low) -> tuple[Dossier, Departure, World]:
    dossier, departure = prepared(cast, annexes=1)
    world = a_world(tdt=tdt)
    assert deposit(dossier, world) == DONE
    return dossier, departure, world


def test_the_archive_that_left_is_brought_back_under_the_norm_s_name(cast: Cast) -> None:
    tdt = a_tdt()
    dossier, departure, world = at_the_tdt(cast, tdt)

    outcome = prefecture.fetch_envelope(a_task(dossier, attempt=1), world)

    departure.refresh_from_db()
    assert outcome == DONE
    assert departure.sent_archive is not None
    assert attachments.read(departure.sent_archive) == tdt.deposits["1"].sent.archive
    assert departure.sent_archive.name == "TDT-TACT--229999990--20261124-1.tar.gz"


def test_an_archive_not_yet_there_is_asked_for_later(cast: Cast) -> None:
    tdt = a_tdt()
    dossier, _, world = at_the_tdt(cast, tdt)
    tdt.down = True

    assert isinstance(prefecture.fetch_envelope(a_task(dossier, attempt=1), world), Later)


def test_the_acknowledgement_is_awaited_then_recorded(cast: Cast) -> None:
    dossier, departure, world = at_the_tdt(cast, a_tdt(looks=2))

    outcomes = [collect(dossier, world) for _ in range(4)]

    departure.refresh_from_db()
    assert outcomes == [Later(), Later(), DONE, DONE]
    assert (departure.state, departure.received_on) == (STATES.ACKNOWLEDGED, TODAY)
    assert [e.event for e in journal.of(dossier)].count("transmission.acknowledgement_recorded") == 1


def test_an_acknowledgement_is_found_after_the_transaction_went_on(cast: Cast) -> None:
    tdt = a_tdt(looks=0)
    dossier, departure, world = at_the_tdt(cast, tdt)

    class Closed(FakeS2low):
        def status(self, transaction: int) -> Any:
            return replace(super().status(transaction), state=5, message=None)

    closed = Closed(today=TODAY, looks=0, deposits=tdt.deposits)
    outcome = collect(dossier, replace(world, tdt=closed))

    departure.refresh_from_db()
    assert outcome == DONE
    assert departure.state == STATES.ACKNOWLEDGED


@pytest.mark.parametrize(("verdict", "code", "kept"), [("anomaly", "002", True), ("refused", "TDT", False)])
def test_a_refusal_is_recorded_with_its_message_when_there_is_one(
    cast: Cast, verdict: str, code: str, kept: bool
) -> None:
    dossier, departure, world = at_the_tdt(cast, a_tdt(looks=0, verdict=verdict))

    outcome = collect(dossier, world)

    departure.refresh_from_db()
    assert outcome == DONE
    assert (departure.state, departure.anomaly_code) == (STATES.ANOMALY, code)
    assert (departure.anomaly is not None) is kept


def test_an_acknowledgement_of_another_siren_is_not_ours(cast: Cast) -> None:
    tdt = a_tdt(looks=0)
    dossier, departure, world = at_the_tdt(cast, tdt)

    class Mistaken(FakeS2low):
        def status(self, transaction: int) -> Any:
            status = super().status(transaction)
            return replace(status, message=(status.message or b"").replace(b"099-229999990-", b"099-223400011-"))

    mistaken = Mistaken(today=TODAY, looks=0, deposits=tdt.deposits)
    outcome = collect(dossier, replace(world, tdt=mistaken))

    departure.refresh_from_db()
    assert isinstance(outcome, GiveUp)
    assert "autre collectivité" in outcome.why
    assert departure.state == STATES.DEPOSITED
    assert [message.dossier for message in queries.parked()] == [dossier]


def test_a_transmission_cancelled_elsewhere_is_a_matter_for_people(cast: Cast) -> None:
    tdt = a_tdt(looks=0)
    dossier, _, world = at_the_tdt(cast, tdt)
    tdt.deposits["1"].cancelled = True

    assert isinstance(collect(dossier, world), GiveUp)


# --- After a refusal, and after the acknowledgement -------------------------------------------------------------


def test_a_refused_act_leaves_again_under_a_number_that_is_free(cast: Cast) -> None:
    tdt = a_tdt(looks=0, verdict="anomaly")
    dossier, first, world = at_the_tdt(cast, tdt)
    collect(dossier, world)
    tdt.verdict = "acknowledged"

    retry_departure(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    prefecture.prepare_departure(a_task(dossier, after_attempt=1), world)
    outcomes = [deposit(dossier, world, attempt=2), collect(dossier, world, attempt=2)]

    second = departure_of(dossier)
    assert outcomes == [DONE, DONE]
    assert (second.attempt, second.state, second.actes_number) == (2, STATES.ACKNOWLEDGED, f"{first.actes_number}_2")


def test_an_errand_of_a_past_attempt_touches_nothing(cast: Cast) -> None:
    tdt = a_tdt(looks=0, verdict="anomaly")
    dossier, _, world = at_the_tdt(cast, tdt)
    collect(dossier, world)
    retry_departure(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    prefecture.prepare_departure(a_task(dossier, after_attempt=1), world)

    assert deposit(dossier, world, attempt=1) == DONE
    assert departure_of(dossier).state == STATES.PREPARED


def test_the_stamped_copy_follows_the_acknowledgement(cast: Cast) -> None:
    dossier, departure, world = at_the_tdt(cast, a_tdt(looks=0))
    collect(dossier, world)

    outcome = prefecture.stamp_copy(a_task(dossier), world)

    departure.refresh_from_db()
    assert outcome == DONE
    assert departure.stamped is not None
    assert departure.stamped.name == f"{dossier.act_number}-tamponne.pdf"
