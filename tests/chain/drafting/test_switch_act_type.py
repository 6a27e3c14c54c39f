"""A type of act put aside, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.actions.open_dossier import FieldRefused
from hemicycle.chain.drafting.actions.save_act_type import ActTypeRefused
from hemicycle.chain.drafting.actions.switch_act_type import switch_act_type
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.definitions import an_act_type
from tests.chain.drafting.test_open_dossier import opened

pytestmark = pytest.mark.django_db


def test_a_type_put_aside_is_taken_by_no_new_dossier(cast: Cast) -> None:
    known = an_act_type()

    switch_act_type(act_type_id=known.pk, active=False, agent=cast.clerk, at=NOON)

    assert told.by(cast.clerk, "assembly_office", "drafting.act_type_switched")
    with pytest.raises(FieldRefused, match="n’est plus proposé"):
        opened(cast, act_type_id=known.pk)


def test_a_type_as_it_is_already_writes_nothing(cast: Cast, nothing_written: Any) -> None:
    known = an_act_type(active=False)

    with nothing_written():
        switch_act_type(act_type_id=known.pk, active=False, agent=cast.clerk, at=NOON)


def test_a_type_that_is_gone_is_refused(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(ActTypeRefused), nothing_written():
        switch_act_type(act_type_id=404, active=True, agent=cast.clerk, at=NOON)


def test_a_drafter_puts_no_type_aside(cast: Cast, nothing_written: Any) -> None:
    known = an_act_type()

    with pytest.raises(NotEntitled), nothing_written():
        switch_act_type(act_type_id=known.pk, active=False, agent=cast.drafter, at=NOON)
