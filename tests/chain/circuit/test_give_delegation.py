"""Recording a delegation of visa from its arrêté."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Delegation, Role
from hemicycle.chain.circuit.actions.declare_absence import AbsenceRefused
from hemicycle.chain.circuit.actions.give_delegation import DelegationRefused, give_delegation
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.chain import told

pytestmark = pytest.mark.django_db


def give(cast: Cast, giver: Agent, holder: Agent, **given: Any) -> Delegation:
    facts: dict[str, Any] = {"reference": "Arrêté 2026-41", "first_day": TODAY, "agent": cast.clerk, "at": NOON}
    return give_delegation(giver_id=giver.pk, holder_id=holder.pk, **(facts | given))


def test_its_holder_may_act_for_the_giver_with_its_reference(cast: Cast) -> None:
    give(cast, cast.director, cast.head_of_service)

    held = accounts.delegation_between(cast.director, cast.head_of_service, scope="visa", on=TODAY)
    assert held is not None and held.reference == "Arrêté 2026-41" and not held.absence
    assert told.by(cast.clerk, Role.ASSEMBLY_OFFICE, "circuit.delegation_given")


def test_without_its_reference_it_is_refused(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(DelegationRefused, match="référence"), nothing_written():
        give(cast, cast.director, cast.head_of_service, reference=" ")


def test_one_already_over_is_refused(cast: Cast, nothing_written: Any) -> None:
    past = {"first_day": TODAY - dt.timedelta(days=9), "last_day": TODAY - dt.timedelta(days=1)}

    with pytest.raises(DelegationRefused, match="passé"), nothing_written():
        give(cast, cast.director, cast.head_of_service, **past)


def test_the_same_one_twice_is_refused(cast: Cast, nothing_written: Any) -> None:
    give(cast, cast.director, cast.head_of_service)

    with pytest.raises(DelegationRefused, match="vise déjà pour"), nothing_written():
        give(cast, cast.director, cast.head_of_service, first_day=TODAY + dt.timedelta(days=30))


def test_nobody_delegates_to_oneself(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(AbsenceRefused), nothing_written():
        give(cast, cast.director, cast.director)


def test_nobody_records_one_in_one_s_own_favour_without_the_role(cast: Cast, nothing_written: Any) -> None:
    for agent in (cast.head_of_service, cast.director):
        with pytest.raises(NotEntitled), nothing_written():
            give(cast, cast.director, cast.head_of_service, agent=agent)
