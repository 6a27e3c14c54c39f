"""Ending a delegation of vote."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.sitting.actions.record_proxy import record_proxy
from hemicycle.chain.sitting.actions.record_vote import record_vote
from hemicycle.chain.sitting.actions.withdraw_proxy import NoSuchProxy, withdraw_proxy
from hemicycle.chain.sitting.locking import WrongSittingState
from hemicycle.chain.sitting.models import Sitting, SittingState, Vote
from hemicycle.chain.sitting.room import room_of
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier, a_sitting, put_on_agenda

pytestmark = pytest.mark.django_db


def with_a_proxy(cast: Cast) -> Sitting:
    """Six present, the eighth member's vote held by the second."""
    sitting = a_sitting(cast, open=True, present=cast.members[:6])
    record_proxy(
        sitting_id=sitting.id,
        giver_id=cast.members[7].pk,
        holder_id=cast.members[1].pk,
        agent=cast.clerk,
        at=NOON,
    )
    return sitting


def ended(cast: Cast, sitting: Sitting, **given: Any) -> None:
    fields: dict[str, Any] = {"giver_id": cast.members[7].pk, "agent": cast.clerk, "at": NOON}
    withdraw_proxy(sitting_id=sitting.id, **(fields | given))


def test_from_then_on_the_giver_is_not_represented(cast: Cast) -> None:
    sitting = with_a_proxy(cast)

    ended(cast, sitting)

    assert room_of(sitting).proxies == ()
    assert told.by(cast.clerk, "assembly_office", "sitting.proxy_withdrawn")
    assert told.last()["facts"] == {
        "sitting": str(sitting.id),
        "giver": "Mme Marie Fersanges",
        "holder": "Mme Marie Corbenois",
    }


def test_the_votes_cast_with_it_stay(cast: Cast) -> None:
    sitting = with_a_proxy(cast)
    item = put_on_agenda(a_dossier(cast, ready=True), sitting)
    votes = {v.id: "for" for v in room_of(sitting).voters}
    record_vote(item_id=item.id, votes=votes, agent=cast.clerk, at=NOON)

    ended(cast, sitting)

    assert Vote.objects.get(member=cast.members[7]).cast_by == cast.members[1]


def test_the_holder_may_then_hold_another(cast: Cast) -> None:
    sitting = with_a_proxy(cast)
    ended(cast, sitting)

    record_proxy(
        sitting_id=sitting.id,
        giver_id=cast.members[8].pk,
        holder_id=cast.members[1].pk,
        agent=cast.clerk,
        at=NOON,
    )

    assert room_of(sitting).proxies == ((cast.members[8], cast.members[1]),)


def test_a_proxy_that_is_not_there_is_refused(cast: Cast, nothing_written: Any) -> None:
    sitting = with_a_proxy(cast)

    with pytest.raises(NoSuchProxy, match="n’existe plus"), nothing_written():
        ended(cast, sitting, giver_id=cast.members[8].pk)


@pytest.mark.parametrize("who", ["drafter", "cabinet", "outsider"])
def test_only_the_office_and_the_president_end_it(cast: Cast, who: str, nothing_written: Any) -> None:
    sitting = with_a_proxy(cast)

    with pytest.raises(NotEntitled), nothing_written():
        ended(cast, sitting, agent=getattr(cast, who))


def test_after_the_closing_what_was_held_was_held(cast: Cast, nothing_written: Any) -> None:
    sitting = with_a_proxy(cast)
    Sitting.objects.filter(pk=sitting.pk).update(state=SittingState.CLOSED)

    with pytest.raises(WrongSittingState), nothing_written():
        ended(cast, sitting)
