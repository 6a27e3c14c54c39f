"""Putting the annexes in order."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from hemicycle.chain.drafting.actions.order_annexes import order_annexes
from hemicycle.chain.drafting.actions.remove_annex import NoSuchAnnex
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.files import titles
from tests.factories import a_dossier, an_attachment

pytestmark = pytest.mark.django_db


def three_annexes(cast: Cast, dossier: Dossier) -> list[UUID]:
    return [
        an_attachment(dossier, title.encode(), by=cast.drafter, title=title, order=order).id
        for order, title in enumerate(("Plan", "Bail", "Carte"), start=1)
    ]


def test_the_order_given_is_the_order_kept(cast: Cast) -> None:
    dossier = a_dossier(cast)
    plan, lease, map_ = three_annexes(cast, dossier)

    order_annexes(dossier_id=dossier.id, annex_ids=[map_, plan, lease], agent=cast.drafter, at=NOON)

    assert titles(dossier) == ["Carte", "Plan", "Bail"]
    assert told.by(cast.drafter, "drafter", "drafting.annexes_ordered")
    assert told.last()["facts"] == {"titles": ["Carte", "Plan", "Bail"]}


def test_a_list_that_is_not_the_present_one_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    plan, lease, map_ = three_annexes(cast, dossier)

    for ids in ([plan, lease], [plan, lease, map_, uuid4()], [plan, lease, lease], []):
        with pytest.raises(NoSuchAnnex), nothing_written():
            order_annexes(dossier_id=dossier.id, annex_ids=ids, agent=cast.drafter, at=NOON)


@pytest.mark.parametrize("who", ["neighbour", "cabinet", "outsider"])
def test_whoever_does_not_write_the_dossier_is_refused(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    ids = three_annexes(cast, dossier)

    with pytest.raises(NotEntitled), nothing_written():
        order_annexes(dossier_id=dossier.id, annex_ids=ids[::-1], agent=getattr(cast, who), at=NOON)


def test_the_order_is_frozen_once_in_the_circuit(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    ids = three_annexes(cast, dossier)

    with pytest.raises(TextFrozen), nothing_written():
        order_annexes(dossier_id=dossier.id, annex_ids=ids[::-1], agent=cast.drafter, at=NOON)
