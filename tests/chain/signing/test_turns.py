"""Whose turn it is."""

from __future__ import annotations

import pytest

from hemicycle.chain.signing.models import ExpectedSignature
from hemicycle.chain.signing.turns import open_to_order, turns_of
from tests.cast import TODAY, Cast
from tests.signed_acts import an_act_of_two

pytestmark = pytest.mark.django_db


def test_only_the_first_signatory_has_a_turn(cast: Cast) -> None:
    _dossier, act, secretary = an_act_of_two(cast)
    first, second = act.signatures.order_by("rank")

    assert turns_of(secretary, on=TODAY) == [first.pk]
    assert turns_of(cast.president, on=TODAY) == []
    assert (open_to_order(first), open_to_order(second)) == (True, False)
    assert ExpectedSignature.objects.count() == 2
