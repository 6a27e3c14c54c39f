"""The order in which custom fields are asked."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting import custom_fields
from hemicycle.chain.drafting.actions.order_custom_fields import order_custom_fields
from hemicycle.chain.drafting.actions.save_custom_field import CustomFieldRefused
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.definitions import a_field, an_act_type

pytestmark = pytest.mark.django_db


def test_the_fields_are_asked_in_the_order_given(cast: Cast) -> None:
    act_type = an_act_type()
    first, second = a_field("canton", act_type), a_field("beneficiaire", act_type)

    order_custom_fields(act_type_id=act_type.pk, field_ids=[second.pk, first.pk], agent=cast.clerk, at=NOON)

    assert [field.key for field in custom_fields.fields_of(act_type.pk)] == ["beneficiaire", "canton"]
    assert told.last()["facts"] == {"labels": ["Beneficiaire", "Canton"]}


@pytest.mark.parametrize("given", [[], [1], [1, 1], [1, 2, 3]])
def test_a_list_that_is_not_that_of_the_type_is_refused(cast: Cast, given: list[int], nothing_written: Any) -> None:
    fields = [a_field("canton"), a_field("beneficiaire"), a_field("autre", an_act_type())]

    with pytest.raises(CustomFieldRefused, match="a changé entre-temps"), nothing_written():
        order_custom_fields(act_type_id=None, field_ids=[fields[n - 1].pk for n in given], agent=cast.clerk, at=NOON)


def test_a_drafter_orders_nothing(cast: Cast, nothing_written: Any) -> None:
    field = a_field()

    with pytest.raises(NotEntitled), nothing_written():
        order_custom_fields(act_type_id=None, field_ids=[field.pk], agent=cast.drafter, at=NOON)
