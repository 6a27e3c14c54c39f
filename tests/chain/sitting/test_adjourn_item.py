"""Adjourning an item during the sitting."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.sitting.actions.adjourn_item import ReasonMissing, adjourn_item
from hemicycle.chain.sitting.actions.put_on_agenda import put_on_agenda as put
from hemicycle.chain.sitting.locking import ItemSettled, WrongSittingState
from hemicycle.chain.sitting.models import AgendaItem, Sitting, SittingState
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier, a_sitting, put_on_agenda

pytestmark = pytest.mark.django_db


def in_session(cast: Cast) -> AgendaItem:
    return put_on_agenda(a_dossier(cast, ready=True), a_sitting(cast, open=True))


def adjourned(cast: Cast, item: AgendaItem, **given: Any) -> AgendaItem:
    return adjourn_item(item_id=item.id, **({"reason": "À revoir.", "agent": cast.clerk, "at": NOON} | given))


def test_the_dossier_is_ready_for_another_sitting(cast: Cast) -> None:
    item = in_session(cast)

    adjourned(cast, item, reason=" Convention à revoir. ")

    dossier = Dossier.objects.get(pk=item.dossier_id)
    assert (dossier.stage, dossier.act_number) == (Stage.READY, "")
    assert AgendaItem.objects.get(pk=item.pk).outcome == "adjourned"
    assert told.by(cast.clerk, "assembly_office", "sitting.item_adjourned")
    assert told.last()["facts"] == {"sitting": str(item.sitting_id), "reason": "Convention à revoir."}
    again = put(sitting_id=a_sitting(cast).id, dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    assert again.outcome == "pending"


def test_the_minutes_say_why(cast: Cast, nothing_written: Any) -> None:
    item = in_session(cast)

    with pytest.raises(ReasonMissing) as refusal, nothing_written():
        adjourned(cast, item, reason=" ")

    assert refusal.value.field == "reason"


@pytest.mark.parametrize("state", [SittingState.PREPARING, SittingState.CONVENED, SittingState.CLOSED])
def test_it_is_done_in_the_sitting_only(cast: Cast, state: str, nothing_written: Any) -> None:
    item = in_session(cast)
    Sitting.objects.filter(pk=item.sitting_id).update(state=state)

    with pytest.raises(WrongSittingState), nothing_written():
        adjourned(cast, item)


def test_a_voted_item_is_not_adjourned(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, adopted=True)

    with pytest.raises(ItemSettled, match="« adopté »"), nothing_written():
        adjourned(cast, dossier.agenda_items.get())


def test_an_item_adjourned_does_not_take_its_dossier_off_the_next_agenda(cast: Cast, nothing_written: Any) -> None:
    item = in_session(cast)
    adjourned(cast, item)
    put_on_agenda(Dossier.objects.get(pk=item.dossier_id), a_sitting(cast))

    with pytest.raises(ItemSettled), nothing_written():
        adjourned(cast, item)


@pytest.mark.parametrize("who", ["drafter", "cabinet", "chief_executive", "outsider"])
def test_only_the_office_and_the_president_adjourn(cast: Cast, who: str, nothing_written: Any) -> None:
    item = in_session(cast)

    with pytest.raises(NotEntitled), nothing_written():
        adjourned(cast, item, agent=getattr(cast, who))
