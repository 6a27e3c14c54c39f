"""A letter that cannot leave now waits, whole."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.telling.actions.defer_letter import defer_letter
from hemicycle.chain.telling.queries import people_due
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain.telling.to_tell import awaited, gather

pytestmark = pytest.mark.django_db

LATER = NOON + dt.timedelta(minutes=30)


def test_it_is_taken_up_again_then_and_not_before(cast: Cast) -> None:
    awaited(cast)
    letter = gather(cast, cast.legal)
    assert letter is not None

    defer_letter(letter_id=letter.pk, until=LATER, why="Silence.", agent=cast.courier, at=NOON)

    assert cast.legal.pk not in people_due(at=LATER - dt.timedelta(seconds=1))
    assert cast.legal.pk in people_due(at=LATER)
    again = gather(cast, cast.legal, at=LATER)
    assert again is not None and again.pk == letter.pk


def test_only_the_couriers_defer(cast: Cast, nothing_written: Any) -> None:
    awaited(cast)
    letter = gather(cast, cast.legal)
    assert letter is not None

    with pytest.raises(NotEntitled), nothing_written():
        defer_letter(letter_id=letter.pk, until=LATER, why="Silence.", agent=cast.clerk, at=NOON)
