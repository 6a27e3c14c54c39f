"""Giving the act back to its direction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.distribution.actions.return_to_direction import return_to_direction
from hemicycle.chain.distribution.conditions import NotAcknowledged
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_acknowledged_act_comes_back_to_its_direction(cast: Cast) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    returned = return_to_direction(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    dossier.refresh_from_db()
    assert (returned.returned_at, returned.seen_at) == (NOON, None)
    assert dossier.stage == Stage.ACKNOWLEDGED
    assert told.by(cast.courier, "courier", "distribution.returned_to_direction")
    assert told.last()["facts"] == {"unit": "Direction des sports"}


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, acknowledged=True)
    return_to_direction(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    with nothing_written():
        return_to_direction(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_an_act_published_meanwhile_comes_back_all_the_same(cast: Cast) -> None:
    dossier = a_dossier(cast, published=True)

    return_to_direction(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert told.last()["event"] == "distribution.returned_to_direction"


def test_a_drafter_gives_nothing_back_to_oneself(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    with pytest.raises(NotEntitled), nothing_written():
        return_to_direction(dossier_id=dossier.id, agent=cast.drafter, at=NOON)


@pytest.mark.parametrize("sent", [False, True])
def test_nothing_comes_back_before_the_prefecture_answered(
    cast: Cast, sent: bool, nothing_written: NothingWritten
) -> None:
    dossier = a_dossier(cast, signed=True, transmitted=sent)

    with pytest.raises(NotAcknowledged, match="attendez l’accusé de réception"), nothing_written():
        return_to_direction(dossier_id=dossier.id, agent=cast.courier, at=NOON)
