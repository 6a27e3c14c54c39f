"""Carrying a cancellation once and only once, whatever happens on the way, and its answer back."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.publication.queries import publication_of
from hemicycle.chain.transmission.actions.announce_maintenance import announce_maintenance
from hemicycle.chain.transmission.actions.ask_cancellation import ask_cancellation
from hemicycle.chain.transmission.actions.confirm_cancellation import confirm_cancellation
from hemicycle.chain.transmission.models import Cancellation, Departure, ParkedMessage
from hemicycle.couriers import cancellations, prefecture
from hemicycle.couriers.outcomes import DONE, Later
from hemicycle.couriers.world import World
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.gateways.prefecture.fake import FakeS2low
from tests.cancellations import REASON
from tests.cast import NOON, Cast
from tests.couriers.worlds import a_task, a_tdt, a_world
from tests.departures import prepared

STATES = Cancellation.State


def agreed(cast: Cast, tdt: FakeS2low) -> tuple[Dossier, Cancellation, World]:
    """Two people agree to cancel an act that the TdT really holds, acknowledged."""
    dossier, _ = prepared(cast)
    world = a_world(tdt=tdt)
    prefecture.deposit_act(a_task(dossier, attempt=1), world)
    for _ in range(3):
        prefecture.collect_acknowledgement(a_task(dossier, attempt=1), world)
    ask_cancellation(dossier_id=dossier.id, reason=REASON, agent=cast.clerk, at=NOON)
    made = confirm_cancellation(dossier_id=dossier.id, agent=cast.chief_executive, at=NOON)
    return dossier, made, world


def send(cancellation: Cancellation, world: World) -> Any:
    return cancellations.send_cancellation(_task(cancellation), world)


def collect(cancellation: Cancellation, world: World) -> Any:
    return cancellations.collect_cancellation(_task(cancellation), world)


def _task(cancellation: Cancellation) -> Any:
    return a_task(cancellation.departure.dossier, cancellation=cancellation.pk)


def test_it_leaves_and_its_answer_comes_back(cast: Cast) -> None:
    tdt = a_tdt()
    dossier, cancellation, world = agreed(cast, tdt)

    outcomes = [send(cancellation, world), collect(cancellation, world)]

    dossier.refresh_from_db()
    cancellation.refresh_from_db()
    assert outcomes == [DONE, DONE]
    assert (cancellation.state, dossier.stage) == (STATES.ACCEPTED, Stage.TRANSMISSION_CANCELLED)
    assert len(tdt.cancellations) == 1


def test_an_answer_lost_on_the_way_is_looked_for_never_asked_again(cast: Cast) -> None:
    tdt = a_tdt()
    _, cancellation, world = agreed(cast, tdt)
    tdt.lose_next_answer = True

    first = send(cancellation, world)
    second = send(cancellation, world)

    cancellation.refresh_from_db()
    assert isinstance(first, Later)
    assert second == DONE
    assert (cancellation.state, len(tdt.cancellations)) == (STATES.SENT, 1)


def test_what_was_never_carried_is_carried_when_the_tdt_comes_back(cast: Cast) -> None:
    tdt = a_tdt()
    _, cancellation, world = agreed(cast, tdt)
    tdt.down = True
    away = send(cancellation, world)
    tdt.down = False

    back = send(cancellation, world)

    assert isinstance(away, Later)
    assert (back, len(tdt.cancellations)) == (DONE, 1)


def test_one_asked_by_hand_at_the_tdt_is_followed_by_the_act_itself(cast: Cast) -> None:
    tdt = a_tdt()
    dossier, cancellation, world = agreed(cast, tdt)
    by_hand = tdt.cancel(cancellation.departure.tdt_id or "")

    sent = send(cancellation, world)
    waiting = collect(cancellation, world)
    tdt.status(by_hand)
    done = collect(cancellation, world)

    dossier.refresh_from_db()
    assert (sent, done) == (DONE, DONE)
    assert isinstance(waiting, Later)
    assert (dossier.stage, len(tdt.cancellations)) == (Stage.TRANSMISSION_CANCELLED, 1)


def test_a_refusal_of_the_tdt_is_told_and_the_acknowledgement_stands(cast: Cast) -> None:
    tdt = a_tdt()
    dossier, cancellation, world = agreed(cast, tdt)
    tdt.refuse_cancellation = True

    outcome = send(cancellation, world)

    cancellation.refresh_from_db()
    dossier.refresh_from_db()
    assert outcome == DONE
    assert (cancellation.state, dossier.stage) == (STATES.REFUSED, Stage.ACKNOWLEDGED)
    assert "a refusé" in cancellation.refusal


def test_it_waits_for_the_end_of_a_maintenance(cast: Cast) -> None:
    tdt = a_tdt()
    _, cancellation, world = agreed(cast, tdt)
    announce_maintenance(starts_at=NOON, ends_at=NOON.replace(hour=15), reason="Ministère", agent=cast.clerk, at=NOON)

    outcome = send(cancellation, world)

    assert outcome == Later(seconds=600.0)
    assert tdt.cancellations == {}


def test_a_silent_prefecture_is_waited_for(cast: Cast) -> None:
    tdt = a_tdt()
    _, cancellation, world = agreed(cast, tdt)
    send(cancellation, world)
    tdt.down = True

    outcome = collect(cancellation, world)

    assert isinstance(outcome, Later)


def test_an_answer_about_something_else_is_put_aside(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tdt = a_tdt()
    dossier, cancellation, world = agreed(cast, tdt)
    send(cancellation, world)
    Departure.objects.filter(dossier=dossier).update(unique_id="099-229999990-20261124-AUTRE_1-DE")

    outcome = collect(cancellation, world)

    dossier.refresh_from_db()
    assert "mis de côté" in outcome.why
    assert dossier.stage == Stage.ACKNOWLEDGED
    assert ParkedMessage.objects.get().dossier == dossier


def test_an_act_that_is_not_online_has_nothing_to_correct(cast: Cast) -> None:
    tdt = a_tdt()
    dossier, cancellation, world = agreed(cast, tdt)
    send(cancellation, world)
    collect(cancellation, world)

    assert cancellations.note_cancellation(a_task(dossier), world) == DONE
    assert publication_of(dossier) is None
