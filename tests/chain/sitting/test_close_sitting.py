"""Closing the sitting."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.sitting.actions.adjourn_item import adjourn_item
from hemicycle.chain.sitting.actions.close_sitting import ItemsPending, close_sitting
from hemicycle.chain.sitting.actions.record_vote import record_vote
from hemicycle.chain.sitting.locking import WrongSittingState
from hemicycle.chain.sitting.models import Sitting, SittingState
from hemicycle.chain.sitting.room import room_of
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier, a_sitting, put_on_agenda

pytestmark = pytest.mark.django_db


def closed(cast: Cast, sitting: Sitting, **given: Any) -> Sitting:
    return close_sitting(sitting_id=sitting.id, **({"agent": cast.clerk, "at": NOON} | given))


def test_a_sitting_closes_once_every_item_is_settled(cast: Cast) -> None:
    sitting = a_sitting(cast, open=True)
    adopted, rejected, adjourned = (put_on_agenda(a_dossier(cast, ready=True), sitting) for _ in range(3))
    for item, word in ((adopted, "for"), (rejected, "against")):
        votes = {v.id: word for v in room_of(sitting).voters}
        record_vote(item_id=item.id, votes=votes, agent=cast.clerk, at=NOON)
    adjourn_item(item_id=adjourned.id, reason="À revoir.", agent=cast.clerk, at=NOON)

    sitting = closed(cast, sitting)

    assert (sitting.state, sitting.closed_at) == (SittingState.CLOSED, NOON)
    assert told.by(cast.clerk, "assembly_office", "sitting.closed")
    assert told.last()["facts"] == {"sitting": str(sitting.id), "adopted": 1, "rejected": 1, "adjourned": 1}


@pytest.mark.parametrize(
    ("pending", "sentence"), [(1, "1 dossier de l’ordre du jour attend encore"), (2, "2 dossiers .* attendent encore")]
)
def test_an_item_pending_keeps_it_open(cast: Cast, pending: int, sentence: str, nothing_written: Any) -> None:
    sitting = a_sitting(cast, open=True)
    for _ in range(pending):
        put_on_agenda(a_dossier(cast, ready=True), sitting)

    with pytest.raises(ItemsPending, match=sentence), nothing_written():
        closed(cast, sitting)


@pytest.mark.parametrize("state", [SittingState.PREPARING, SittingState.CONVENED, SittingState.CLOSED])
def test_only_an_open_sitting_closes(cast: Cast, state: str, nothing_written: Any) -> None:
    sitting = a_sitting(cast, open=True)
    Sitting.objects.filter(pk=sitting.pk).update(state=state)

    with pytest.raises(WrongSittingState, match="Clore la séance n’est pas possible"), nothing_written():
        closed(cast, sitting)


@pytest.mark.parametrize("who", ["drafter", "cabinet", "chief_executive", "outsider"])
def test_only_the_office_and_the_president_close(cast: Cast, who: str, nothing_written: Any) -> None:
    sitting = a_sitting(cast, open=True)

    with pytest.raises(NotEntitled), nothing_written():
        closed(cast, sitting, agent=getattr(cast, who))
