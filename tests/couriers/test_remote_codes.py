"""A president whose key is at a remote service which wants a one-time code: the whole way, on the real protocol."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from hemicycle.accounts.models import Agent, Signatory
from hemicycle.chain.signing.models import Act, SigningGesture
from hemicycle.chain.signing.together import codes_asked
from hemicycle.couriers.keys import signer_of
from hemicycle.couriers.outcomes import DONE
from hemicycle.couriers.signature import sign
from hemicycle.couriers.world import World
from tests.cast import NOON, TODAY, Cast
from tests.couriers.worlds import a_task, a_world
from tests.signed_acts import a_gesture
from tests.simulators.authority.running import running as authority_running
from tests.simulators.csc.running import Remote
from tests.simulators.csc.running import running as remote_running

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def places() -> Iterator[tuple[str, Remote]]:
    now = ("--now", NOON.isoformat())
    with authority_running(*now) as authority, remote_running(authority, *now) as remote:
        yield authority, remote


@pytest.fixture
def remote(places: tuple[str, Remote], settings: Any, tmp_path: Path, cast: Cast) -> Remote:
    authority, found = places
    settings.TSA_URL, settings.SIGNATURE_KEYS = f"{authority}/tsa", tmp_path
    settings.CSC_URL, settings.CSC_CLIENT_ID, settings.CSC_CLIENT_SECRET = (
        found.csc,
        found.client_id,
        found.client_secret,
    )
    (tmp_path / "president-otp.pin").write_text("2468")
    # The name on the certificates of the simulated service.
    Agent.objects.filter(pk=cast.president.pk).update(first_name="Hélène", last_name="Arnault")
    Signatory.objects.filter(agent=cast.president).update(key_name="csc:president-otp")
    return found


def the_world() -> World:
    told = a_world()
    later = NOON + dt.timedelta(seconds=30)
    return World(tdt=told.tdt, sae=told.sae, post=told.post, signer=signer_of, clock=lambda: later)


def carried(acts: list[Act]) -> list[Any]:
    return [sign(a_task(act.dossier, sha256=act.frozen.sha256), the_world()) for act in acts]


def states(acts: list[Act]) -> list[str]:
    return [Act.objects.get(pk=act.pk).state for act in acts]


def test_two_acts_are_signed_by_one_code(cast: Cast, remote: Remote) -> None:
    _, acts = a_gesture(cast, 2, OTP=remote.otp("president-otp"))
    before = httpx.get(remote.url).text.count("autorisation<")

    outcomes = carried(acts)

    assert outcomes == [DONE, DONE]
    assert states(acts) == ["signed", "signed"]
    assert httpx.get(remote.url).text.count("autorisation<") == before + 1


def test_without_a_code_the_signatory_is_asked_for_one(cast: Cast, remote: Remote) -> None:
    gesture, acts = a_gesture(cast, 1)

    outcomes = carried(acts)

    gesture.refresh_from_db()
    assert (outcomes, states(acts)) == ([DONE], ["to_sign"])
    assert "demande un code à usage unique" in gesture.refusal
    assert codes_asked(cast.president, on=TODAY) == ["OTP"]
    assert remote.otp("president-otp")


@pytest.mark.parametrize("fault", ["stale-code", "none"])
def test_a_code_wrong_or_stale_is_said_and_asked_again(cast: Cast, remote: Remote, fault: str) -> None:
    right = remote.otp("president-otp")
    typed = right if fault == "stale-code" else f"{(int(right) + 1) % 10**6:06d}"
    gesture, acts = a_gesture(cast, 2, OTP=typed)

    with remote.broken(fault):
        outcomes = carried(acts)

    gesture.refresh_from_db()
    assert (outcomes, states(acts)) == ([DONE, DONE], ["to_sign", "to_sign"])
    assert "Le code à usage unique est refusé" in gesture.refusal
    assert typed not in gesture.refusal
    assert SigningGesture.objects.exclude(sealed_codes=b"").count() == 0
