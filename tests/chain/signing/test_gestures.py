"""A gesture in a courier's hands."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.chain.signing import gestures
from hemicycle.chain.signing.gestures import Busy, Held
from tests.cast import NOON, Cast
from tests.signed_acts import a_gesture

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def taken(gesture_id: int, at: dt.datetime = NOON) -> Held:
    found = gestures.take(gesture_id, now=at)
    assert isinstance(found, Held)
    return found


def test_one_courier_at_a_time_holds_it(cast: Cast) -> None:
    gesture, _ = a_gesture(cast, 1)
    taken(gesture.pk)

    again = gestures.take(gesture.pk, now=NOON + SECOND)

    assert isinstance(again, Busy)


def test_a_crash_frees_it_when_its_lease_ends(cast: Cast) -> None:
    gesture, _ = a_gesture(cast, 1)
    taken(gesture.pk)

    again = taken(gesture.pk, NOON + dt.timedelta(minutes=10))

    assert not again.spent


def test_a_code_is_given_to_one_courier_once(cast: Cast) -> None:
    gesture, _ = a_gesture(cast, 1, OTP="123456")

    first = taken(gesture.pk)
    gestures.release(first)
    second = taken(gesture.pk)

    gesture.refresh_from_db()
    assert (first.codes, first.spent) == ({"OTP": "123456"}, False)
    assert (second.codes, second.spent) == ({}, True)
    assert bytes(gesture.sealed_codes) == b"" and "123456" not in repr(first)


def test_a_code_that_did_not_serve_is_put_back_until_its_time_is_over(cast: Cast) -> None:
    gesture, _ = a_gesture(cast, 1, OTP="123456")
    gestures.put_off(taken(gesture.pk), until=NOON + 5 * SECOND, why="Silence.")

    waiting = gestures.take(gesture.pk, now=NOON + SECOND)
    again = taken(gesture.pk, NOON + 6 * SECOND)
    gestures.put_off(again, until=NOON + 7 * SECOND, why="Silence.")
    late = taken(gesture.pk, NOON + dt.timedelta(minutes=6))

    assert waiting == Busy(seconds=4.0, why="Silence.")
    assert again.codes == {"OTP": "123456"}
    assert (late.codes, late.spent) == ({}, True)


def test_codes_that_nobody_took_in_time_are_forgotten(cast: Cast) -> None:
    gesture, _ = a_gesture(cast, 1, PIN="2468")

    before, after = gestures.forget_codes(now=NOON), gestures.forget_codes(now=NOON + dt.timedelta(minutes=6))

    gesture.refresh_from_db()
    assert (before, after, bytes(gesture.sealed_codes)) == (0, 1, b"")


def test_an_order_without_gesture_is_always_free(cast: Cast) -> None:
    assert gestures.take(None, now=NOON) == Held(id=None)
