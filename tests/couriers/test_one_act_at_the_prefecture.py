"""From the vote to the stamped copy, the TdT and the ministry being the programs that speak their protocols."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hemicycle.chain.signing.actions.order_signature import order_signature
from hemicycle.chain.signing.queries import act_of
from hemicycle.chain.transmission.actions.retry_departure import retry_departure
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.queries import departure_of
from hemicycle.couriers import acts, prefecture, signature
from hemicycle.couriers.outcomes import DONE, Later
from hemicycle.couriers.world import World
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Dossier
from hemicycle.gateways.prefecture.client import S2lowClient
from hemicycle.protocols.actes import describe
from tests.cast import NOON, Cast
from tests.couriers.worlds import a_task, a_world
from tests.factories import a_dossier
from tests.signed_acts import an_annex
from tests.simulators.prefecture.running import running_prefecture

#: After the sitting that adopted the act.
LATER = NOON + dt.timedelta(days=25)


@contextmanager
def the_world(data: Path, *options: str) -> Iterator[World]:
    """The préfecture simulated on that folder, at that later moment; the rest in memory."""
    with running_prefecture(data, "--now", LATER.isoformat(), "--delay", "0.1", *options) as url:
        tdt = S2lowClient(url, login="simulateur", password="simulateur")
        try:
            yield replace(a_world(), tdt=tdt, clock=lambda: LATER)
        finally:
            tdt.close()


def signed_and_prepared(cast: Cast, world: World) -> Dossier:
    dossier = a_dossier(cast, adopted=True, object="Subvention au club d’escalade – cœur de l’Ormelle")
    an_annex(dossier, cast, order=1, to_control=True)
    assert acts.draw_up_act(a_task(dossier, adopted=True), world) == DONE
    act = act_of(dossier)
    assert act is not None
    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=LATER)
    assert signature.sign(a_task(dossier, sha256=act.frozen.sha256), world) == DONE
    assert until_it_ends(prefecture.prepare_departure, a_task(dossier), world) == DONE
    return dossier


def until_it_ends(carrier: Any, task: Any, world: World) -> Any:
    """What a courier that comes back every tenth of a second is finally told."""
    end = time.monotonic() + 20
    while isinstance(outcome := carrier(task, world), Later) and time.monotonic() < end:
        time.sleep(0.1)
    return outcome


def there_and_back(dossier: Dossier, world: World) -> list[Any]:
    """The errands of a departure, from the deposit to the stamped copy, and how each ended."""
    task = a_task(dossier, attempt=1)
    carriers = (
        prefecture.deposit_act,
        prefecture.collect_acknowledgement,
        prefecture.fetch_envelope,
        prefecture.stamp_copy,
    )
    return [until_it_ends(carrier, task, world) for carrier in carriers]


def the_departure(dossier: Dossier) -> Departure:
    found = departure_of(dossier)
    assert found is not None
    return found


@pytest.mark.parametrize("lost", [0, 1], ids=["answered", "answer lost"])
def test_one_act_reaches_the_prefecture_and_comes_back_acknowledged(cast: Cast, tmp_path: Path, lost: int) -> None:
    with the_world(tmp_path, "--lose-answers", str(lost)) as world:
        dossier = signed_and_prepared(cast, world)
        outcomes = there_and_back(dossier, world)

    departure = the_departure(dossier)
    assert outcomes == [DONE] * 4
    assert (departure.state, departure.received_on) == (Departure.State.ACKNOWLEDGED, LATER.date())
    assert departure.sent_archive is not None
    judged = describe(attachments.read(departure.sent_archive), departure.sent_archive.name)
    assert judged is not None
    assert judged.problems == []
    assert departure.stamped is not None


def test_a_refused_act_leaves_again_and_is_received(cast: Cast, tmp_path: Path) -> None:
    with the_world(tmp_path, "--scenario", "anomaly") as world:
        dossier = signed_and_prepared(cast, world)
        first = a_task(dossier, attempt=1)
        assert until_it_ends(prefecture.deposit_act, first, world) == DONE
        assert until_it_ends(prefecture.collect_acknowledgement, first, world) == DONE
    assert the_departure(dossier).state == Departure.State.ANOMALY

    retry_departure(dossier_id=dossier.id, agent=cast.clerk, at=LATER)
    with the_world(tmp_path) as world:
        assert prefecture.prepare_departure(a_task(dossier, after_attempt=1), world) == DONE
        second = a_task(dossier, attempt=2)
        assert until_it_ends(prefecture.deposit_act, second, world) == DONE
        assert until_it_ends(prefecture.collect_acknowledgement, second, world) == DONE

    departure = the_departure(dossier)
    assert (departure.attempt, departure.state) == (2, Departure.State.ACKNOWLEDGED)
    assert departure.actes_number.endswith("_2")
