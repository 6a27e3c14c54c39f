"""Putting the agenda in order."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from hemicycle.chain.sitting.actions.order_agenda import AgendaHasChanged, order_agenda
from hemicycle.chain.sitting.actions.take_off_agenda import take_off_agenda
from hemicycle.chain.sitting.locking import WrongSittingState
from hemicycle.chain.sitting.models import AgendaItem, Sitting
from hemicycle.chain.sitting.queries import items_of
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier, a_sitting, convene, put_on_agenda

pytestmark = pytest.mark.django_db


def three_items(cast: Cast, sitting: Sitting) -> list[AgendaItem]:
    return [put_on_agenda(a_dossier(cast, ready=True), sitting) for _ in range(3)]


def ordered(cast: Cast, sitting: Sitting, ids: list[Any], **given: Any) -> None:
    order_agenda(sitting_id=sitting.id, item_ids=ids, **({"agent": cast.clerk, "at": NOON} | given))


def test_the_order_given_is_the_order_kept(cast: Cast) -> None:
    sitting = a_sitting(cast)
    first, second, third = three_items(cast, sitting)

    ordered(cast, sitting, [third.id, first.id, second.id])

    assert [(i.id, i.position) for i in items_of(sitting)] == [(third.id, 1), (first.id, 2), (second.id, 3)]
    assert told.by(cast.clerk, "assembly_office", "sitting.agenda_ordered")
    assert told.last()["facts"]["items"] == [str(third.id), str(first.id), str(second.id)]


def test_a_list_that_is_not_the_present_one_is_refused(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast)
    first, second, third = (i.id for i in three_items(cast, sitting))
    take_off_agenda(item_id=third, reason="", agent=cast.clerk, at=NOON)

    for ids in ([first], [first, second, third], [first, second, second], [first, uuid4()], []):
        with pytest.raises(AgendaHasChanged), nothing_written():
            ordered(cast, sitting, ids)


def test_the_agenda_that_members_received_does_not_move(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast)
    ids = [i.id for i in three_items(cast, sitting)]
    convene(sitting)

    with pytest.raises(WrongSittingState, match="la séance est convoquée"), nothing_written():
        ordered(cast, sitting, ids[::-1])


@pytest.mark.parametrize("who", ["drafter", "cabinet", "secretariat", "outsider"])
def test_only_the_office_and_the_president_order_it(cast: Cast, who: str, nothing_written: Any) -> None:
    sitting = a_sitting(cast)
    ids = [i.id for i in three_items(cast, sitting)]

    with pytest.raises(NotEntitled), nothing_written():
        ordered(cast, sitting, ids[::-1], agent=getattr(cast, who))
