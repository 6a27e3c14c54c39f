"""What the courier waits for, asks and tells by itself: hours, nomenclature, silence, uncertain sendings."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission.actions.announce_maintenance import announce_maintenance
from hemicycle.chain.transmission.actions.ask_classification import ask_classification
from hemicycle.chain.transmission.actions.ask_tdt import ask_tdt
from hemicycle.chain.transmission.actions.correct_filing import correct_filing
from hemicycle.chain.transmission.models import ClassificationRequest, Control, Departure
from hemicycle.chain.transmission.tracking_queries import last_attempts, tracked
from hemicycle.couriers import prefecture
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.couriers.rounds import run_once
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.gateways.prefecture.fake import FakeS2low
from tests.cast import NOON, TODAY, Cast
from tests.couriers.worlds import a_task, a_tdt, a_world
from tests.departures import deposited, prepared, sending
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db
STATES = Departure.State


def states(dossier: Dossier) -> list[str]:
    return [departure.state for departure in queries.departures_of(dossier)]


def test_during_a_maintenance_nothing_leaves_and_nothing_is_in_trouble(cast: Cast) -> None:
    dossier, _ = prepared(cast)
    hour = dt.timedelta(hours=1)
    announce_maintenance(starts_at=NOON - hour, ends_at=NOON + hour, reason="TdT", agent=cast.clerk, at=NOON)
    tdt = a_tdt()

    outcome = prefecture.deposit_act(a_task(dossier, attempt=1), a_world(tdt=tdt))

    assert outcome == Later(seconds=600.0)
    assert tdt.deposits == {}
    assert states(dossier) == [STATES.PREPARED]
    (row,) = tracked(last_attempts(cast.clerk, on=TODAY), on=TODAY, at=NOON)
    assert row.closed is not None and "TdT" in row.closed.why


def test_what_began_to_leave_is_asked_about_even_then(cast: Cast) -> None:
    dossier, departure = sending(cast)
    hour = dt.timedelta(hours=1)
    announce_maintenance(starts_at=NOON - hour, ends_at=NOON + hour, reason="TdT", agent=cast.clerk, at=NOON)

    prefecture.deposit_act(a_task(dossier, attempt=1), a_world())

    departure.refresh_from_db()
    assert departure.state == STATES.DEPOSITED


def test_a_filing_put_right_before_the_sending_makes_another_attempt(cast: Cast) -> None:
    dossier, _ = prepared(cast)
    correct_filing(dossier_id=dossier.id, subject_code="7.10", types={}, agent=cast.clerk, at=NOON)
    tdt = a_tdt()

    outcome = prefecture.deposit_act(a_task(dossier, attempt=1), a_world(tdt=tdt))

    assert outcome == DONE
    assert tdt.deposits == {}
    assert states(dossier) == [STATES.SUPERSEDED, STATES.PREPARED]
    prefecture.deposit_act(a_task(dossier, attempt=2), a_world(tdt=tdt))
    assert [deposit.acte.matiere for deposit in tdt.deposits.values()] == [(7, 10)]


def test_a_nomenclature_that_changes_finds_the_acts_that_no_longer_fit(cast: Cast) -> None:
    dossier, _ = prepared(cast)
    held = FakeS2low().held
    without = {code: label for code, label in held.matieres.items() if code[:2] != (7, 5)}
    newer = replace(held, dated=TODAY, matieres=without)
    asked = ask_classification(agent=cast.clerk, at=NOON)

    task = replace(a_task(dossier, request=asked.pk), dossier=None, attempts=2)
    prefecture.fetch_classification(task, a_world(tdt=a_tdt(held=newer)))
    prefecture.check_act(replace(task, facts={}), a_world())

    assert Control.objects.get(dossier=dossier).blocking == 1
    assert journal.of(dossier)[-1].event == "transmission.control_failed"
    assert list(queries.would_be_refused(cast.clerk, on=TODAY)) == [dossier]
    with pytest.raises(Exception, match=r"7\.5"):
        prefecture.deposit_act(a_task(dossier, attempt=1), a_world())
    assert states(dossier) == [STATES.PREPARED]


def test_the_question_is_sent_before_the_answer_is_fetched(cast: Cast) -> None:
    dossier = a_dossier(cast)
    asked = ask_classification(agent=cast.clerk, at=NOON)
    task = replace(a_task(dossier, request=asked.pk), dossier=None)

    first = prefecture.fetch_classification(task, a_world())
    second = prefecture.fetch_classification(replace(task, attempts=2), a_world())

    asked.refresh_from_db()
    assert (first, second) == (Later(seconds=30), DONE)
    assert asked.answered_at == NOON


def test_the_nomenclature_is_asked_for_once_a_day(cast: Cast) -> None:
    prefecture.ask_each_day(a_world())
    prefecture.ask_each_day(a_world())

    assert ClassificationRequest.objects.count() == 1


def test_a_silence_is_told_to_the_service_by_mail_too(cast: Cast) -> None:
    dossier, _ = deposited(cast)
    thursday = NOON + dt.timedelta(days=2)
    world = replace(a_world(tdt=a_tdt(verdict="silent")), clock=lambda: thursday)

    prefecture.note_silences(world)
    prefecture.note_silences(world)
    run_once(world)
    run_once(world)

    told = [entry for entry in journal.of(dossier) if entry.event == "transmission.answer_missing"]
    assert len(told) == 1
    assert cast.clerk.notifications.filter(dossier=dossier).count() == 1


def test_asking_what_became_of_a_sending_sends_nothing(cast: Cast) -> None:
    dossier, departure = sending(cast)
    ask_tdt(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    tdt = a_tdt()

    prefecture.ask_about_deposit(a_task(dossier, attempt=1), a_world(tdt=tdt))

    departure.refresh_from_db()
    assert tdt.deposits == {}
    assert (departure.state, departure.asked_answer) == (STATES.SENDING, "Il ne connaît pas cet acte.")


def test_asking_finds_what_had_arrived(cast: Cast) -> None:
    dossier, departure = sending(cast)
    tdt = a_tdt()
    tdt.deposit(queries.acte_to_send(dossier.id))

    prefecture.ask_about_deposit(a_task(dossier, attempt=1), a_world(tdt=tdt))

    departure.refresh_from_db()
    assert departure.state == STATES.DEPOSITED
    assert len(tdt.deposits) == 1


def test_a_tdt_out_of_reach_is_said_and_the_sending_stays_uncertain(cast: Cast) -> None:
    dossier, departure = sending(cast)

    outcome = prefecture.ask_about_deposit(a_task(dossier, attempt=1), a_world(tdt=a_tdt(down=True)))

    departure.refresh_from_db()
    assert not isinstance(outcome, GiveUp)
    assert "injoignable" in departure.asked_answer
    assert departure.state == STATES.SENDING
