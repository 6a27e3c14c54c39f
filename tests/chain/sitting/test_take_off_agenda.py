"""Taking a dossier off an agenda before the vote."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.sitting.actions.take_off_agenda import ReasonMissing, take_off_agenda
from hemicycle.chain.sitting.locking import ItemSettled, WrongSittingState
from hemicycle.chain.sitting.models import AgendaItem, SittingState
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier, a_sitting, put_on_agenda

pytestmark = pytest.mark.django_db


def off(cast: Cast, item: AgendaItem, **given: Any) -> AgendaItem:
    return take_off_agenda(item_id=item.id, **({"reason": "", "agent": cast.clerk, "at": NOON} | given))


def test_before_the_summons_no_reason_is_asked_and_ranks_close(cast: Cast) -> None:
    sitting = a_sitting(cast)
    first, second, third = (put_on_agenda(a_dossier(cast, ready=True), sitting) for _ in range(3))

    off(cast, first)

    first.dossier.refresh_from_db()
    assert first.dossier.stage == Stage.READY
    live = AgendaItem.objects.filter(sitting=sitting, outcome="pending").order_by("position")
    assert [(i.id, i.position) for i in live] == [(second.id, 1), (third.id, 2)]
    assert told.by(cast.clerk, "assembly_office", "sitting.taken_off_agenda")
    assert told.last()["dossier"] == str(first.dossier_id)


def test_after_the_summons_it_takes_a_reason_and_numbers_stay(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast, convened=True)
    first, second = (put_on_agenda(a_dossier(cast, ready=True), sitting) for _ in range(2))

    with pytest.raises(ReasonMissing) as refusal, nothing_written():
        off(cast, first, reason=" ")
    off(cast, first, reason=" Convention à revoir. ")

    second.refresh_from_db()
    assert refusal.value.field == "reason"
    assert second.position == 2
    assert told.last()["facts"] == {"sitting": str(sitting.id), "reason": "Convention à revoir."}


@pytest.mark.parametrize("who", ["drafter", "cabinet", "chief_executive", "outsider"])
def test_only_the_office_and_the_president_compose_the_agenda(cast: Cast, who: str, nothing_written: Any) -> None:
    item = put_on_agenda(a_dossier(cast, ready=True), a_sitting(cast))

    with pytest.raises(NotEntitled), nothing_written():
        off(cast, item, agent=getattr(cast, who))


@pytest.mark.parametrize("state", [SittingState.OPEN, SittingState.CLOSED])
def test_once_the_sitting_is_open_an_item_is_adjourned_not_taken_off(
    cast: Cast, state: str, nothing_written: Any
) -> None:
    sitting = a_sitting(cast, open=True)
    item = put_on_agenda(a_dossier(cast, ready=True), sitting)
    sitting.state = state
    sitting.save()

    with pytest.raises(WrongSittingState), nothing_written():
        off(cast, item, reason="Convention à revoir.")


def test_an_item_taken_off_does_not_take_its_dossier_off_the_next_agenda(cast: Cast, nothing_written: Any) -> None:
    dossier, sitting = a_dossier(cast, ready=True), a_sitting(cast)
    item = put_on_agenda(dossier, sitting)
    off(cast, item)
    dossier.refresh_from_db()
    put_on_agenda(dossier, a_sitting(cast))

    with pytest.raises(ItemSettled, match=f"{dossier.number} n’est plus à examiner"), nothing_written():
        off(cast, item)
