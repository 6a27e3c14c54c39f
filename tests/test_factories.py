"""The tests' own tools: a trait that lies would make every test above it lie."""

from __future__ import annotations

import random
import socket
import uuid

import pytest

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.models import Visa
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.factories import a_delegation, a_dossier, a_sitting
from tests.traps import nothing_written

pytestmark = pytest.mark.django_db


#: Where no trait leads: the first stage, and those beside the way.
WITHOUT_TRAIT = {
    *("drafting", "rejected", "refused_by_prefecture", "refused_by_archive", "withdrawn"),
    *("transmission_cancelled", "notified"),
}


@pytest.mark.parametrize("trait", [stage.value for stage in Stage if stage.value not in WITHOUT_TRAIT])
def test_each_trait_takes_the_dossier_to_its_stage(cast: Cast, trait: str) -> None:
    dossier = a_dossier(cast, **{trait: True})

    assert dossier.stage == trait


def test_two_dossiers_may_be_adopted_in_one_open_sitting(cast: Cast) -> None:
    sitting = a_sitting(cast, open=True)

    first, second = a_dossier(cast, adopted=True, sitting=sitting), a_dossier(cast, adopted=True, sitting=sitting)

    assert (first.act_number, second.act_number) == ("CP-2026-0001", "CP-2026-0002")
    assert Visa.objects.filter(step__run__dossier=first).count() == 3


def test_a_write_inside_nothing_written_is_caught_even_under_an_exception(cast: Cast) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(AssertionError, match="dossier_dossier"), nothing_written():
        Dossier.objects.filter(id=dossier.id).update(theme="autre")
        raise LookupError


def test_an_unordered_queryset_comes_back_in_any_order(cast: Cast) -> None:
    random.seed(1)

    orders = {tuple(a.pk for a in Agent.objects.all()) for _ in range(8)}

    assert len(orders) > 1
    assert len({tuple(a.pk for a in Agent.objects.order_by("email")) for _ in range(8)}) == 1


def test_the_network_is_out_of_reach() -> None:
    with pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_delegation_made_for_a_test_is_in_force_at_noon(cast: Cast) -> None:
    delegation = a_delegation(cast.director, cast.head_of_service)

    assert delegation.valid_from < NOON.date() < delegation.valid_to
    assert isinstance(cast.drafter.pk, uuid.UUID)
