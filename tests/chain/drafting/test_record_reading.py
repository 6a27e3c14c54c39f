"""The version that a reader had on screen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.record_reading import record_reading
from hemicycle.dossier.models import Reading
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_the_last_reading_replaces_the_one_before_and_is_not_an_act(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    later = NOON + dt.timedelta(hours=1)

    record_reading(dossier_id=dossier.id, agent=cast.director, at=NOON)
    record_reading(dossier_id=dossier.id, agent=cast.director, at=later)

    reading = Reading.objects.get(dossier=dossier)
    assert (reading.agent, reading.version, reading.read_at) == (cast.director, 1, later)
    assert told.events() == []


@pytest.mark.parametrize("who", ["neighbour", "legal", "outsider"])
def test_whoever_may_not_read_leaves_no_reading(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_reading(dossier_id=dossier.id, agent=getattr(cast, who), at=NOON)
