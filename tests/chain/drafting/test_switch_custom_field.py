"""A custom field put aside, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting import custom_fields
from hemicycle.chain.drafting.actions.save_custom_field import CustomFieldRefused
from hemicycle.chain.drafting.actions.switch_custom_field import switch_custom_field
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.definitions import a_field
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_a_field_put_aside_is_asked_no_more_and_still_said(cast: Cast) -> None:
    field = a_field("beneficiaire", required=True)
    dossier = a_dossier(cast, extra={"beneficiaire": "Club de Clérande"})

    switch_custom_field(field_id=field.pk, active=False, agent=cast.clerk, at=NOON)

    assert told.by(cast.clerk, "assembly_office", "drafting.custom_field_switched")
    assert custom_fields.missing_fields(a_dossier(cast)) == []
    assert [value.shown for value in custom_fields.values_of(dossier)] == ["Club de Clérande"]


def test_as_it_is_already_nothing_is_written(cast: Cast, nothing_written: Any) -> None:
    field = a_field()

    with nothing_written():
        switch_custom_field(field_id=field.pk, active=True, agent=cast.clerk, at=NOON)


def test_a_field_that_is_gone_is_refused(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(CustomFieldRefused), nothing_written():
        switch_custom_field(field_id=404, active=False, agent=cast.clerk, at=NOON)


def test_a_drafter_puts_no_field_aside(cast: Cast, nothing_written: Any) -> None:
    field = a_field()

    with pytest.raises(NotEntitled), nothing_written():
        switch_custom_field(field_id=field.pk, active=False, agent=cast.drafter, at=NOON)
