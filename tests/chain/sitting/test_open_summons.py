"""A member opens the sitting's documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.sitting.actions.open_summons import NotSummoned, open_summons
from hemicycle.chain.sitting.models import Summons
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_sitting

pytestmark = pytest.mark.django_db


def test_the_first_reading_is_the_proof_and_the_next_change_nothing(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast, convened=True)
    member = cast.members[4].agent

    open_summons(sitting_id=sitting.id, agent=member, at=NOON)

    assert told.by(member, "elected", "sitting.summons_opened")
    assert told.last()["facts"] == {"sitting": str(sitting.id), "member": "Mme Marie Aubanel"}
    with nothing_written():
        again = open_summons(sitting_id=sitting.id, agent=member, at=NOON + dt.timedelta(days=1))
    assert again.opened_at == NOON
    assert Summons.objects.exclude(opened_at=None).count() == 1


@pytest.mark.parametrize("who", ["clerk", "drafter", "outsider"])
def test_nobody_opens_a_summons_that_is_not_theirs(cast: Cast, who: str, nothing_written: Any) -> None:
    sitting = a_sitting(cast, convened=True)

    with pytest.raises(NotSummoned), nothing_written():
        open_summons(sitting_id=sitting.id, agent=getattr(cast, who), at=NOON)


def test_before_the_summons_and_after_the_mandate_there_is_none(cast: Cast, nothing_written: Any) -> None:
    planned, convened = a_sitting(cast), a_sitting(cast, convened=True)

    with pytest.raises(NotSummoned), nothing_written():
        open_summons(sitting_id=planned.id, agent=cast.members[1].agent, at=NOON)
    with pytest.raises(NotSummoned), nothing_written():
        open_summons(sitting_id=convened.id, agent=cast.former_member.agent, at=NOON)


def test_an_account_closed_opens_nothing(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast, convened=True)
    member = cast.members[1].agent
    member.is_active = False
    member.save()

    with pytest.raises(NotSummoned), nothing_written():
        open_summons(sitting_id=sitting.id, agent=member, at=NOON)
