"""Ending a delegation of visa."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.actions.end_absence import NothingToEnd
from hemicycle.chain.circuit.actions.end_delegation import end_delegation
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_delegation

pytestmark = pytest.mark.django_db


def test_its_holder_acts_no_more_at_once(cast: Cast) -> None:
    delegation = a_delegation(cast.director, cast.head_of_service)

    end_delegation(delegation_id=delegation.pk, agent=cast.clerk, at=NOON)

    assert accounts.principals_of(cast.head_of_service, scope="visa", on=TODAY) == []
    assert told.by(cast.clerk, Role.ASSEMBLY_OFFICE, "circuit.delegation_ended")


def test_its_giver_ends_it_too(cast: Cast) -> None:
    delegation = a_delegation(cast.director, cast.head_of_service)

    end_delegation(delegation_id=delegation.pk, agent=cast.director, at=NOON)

    assert told.by(cast.director, "", "circuit.delegation_ended")


def test_its_holder_does_not(cast: Cast, nothing_written: Any) -> None:
    delegation = a_delegation(cast.director, cast.head_of_service)

    with pytest.raises(NotEntitled), nothing_written():
        end_delegation(delegation_id=delegation.pk, agent=cast.head_of_service, at=NOON)


def test_a_delegation_of_signature_is_not_ended_here(cast: Cast, nothing_written: Any) -> None:
    delegation = a_delegation(cast.president, cast.members[1].agent, scope="signature")

    with pytest.raises(NothingToEnd), nothing_written():
        end_delegation(delegation_id=delegation.pk, agent=cast.clerk, at=NOON)
