"""A model put aside, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting import text_models
from hemicycle.chain.drafting.actions.save_model import ModelRefused
from hemicycle.chain.drafting.actions.switch_model import switch_model
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.definitions import a_model

pytestmark = pytest.mark.django_db


def test_a_model_put_aside_is_offered_no_more(cast: Cast) -> None:
    model = a_model(cast)

    switch_model(model_id=model.pk, active=False, agent=cast.clerk, at=NOON)

    assert text_models.offered("deliberation", act_type_id=None, unit=cast.service) == []
    assert told.by(cast.clerk, "assembly_office", "drafting.model_switched")


def test_as_it_is_already_nothing_is_written(cast: Cast, nothing_written: Any) -> None:
    model = a_model(cast)

    with nothing_written():
        switch_model(model_id=model.pk, active=True, agent=cast.clerk, at=NOON)


def test_a_model_that_is_gone_is_refused(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(ModelRefused), nothing_written():
        switch_model(model_id=404, active=False, agent=cast.clerk, at=NOON)


def test_a_drafter_puts_no_model_aside(cast: Cast, nothing_written: Any) -> None:
    model = a_model(cast)

    with pytest.raises(NotEntitled), nothing_written():
        switch_model(model_id=model.pk, active=False, agent=cast.drafter, at=NOON)
