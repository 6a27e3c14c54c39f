"""Noting when a delegation was transmitted and published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing import delegations
from hemicycle.chain.signing.actions.publish_delegation import PublicityRefused, publish_delegation
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.signed_acts import a_delegation_of_signature

NothingWritten = Callable[[], AbstractContextManager[None]]
YESTERDAY = TODAY - dt.timedelta(days=1)


def test_the_delegation_may_be_used_from_the_later_of_both_days(cast: Cast) -> None:
    row = a_delegation_of_signature(cast, executory=False)

    publish_delegation(delegation_id=row.pk, transmitted_on=YESTERDAY, published_on=TODAY, agent=cast.clerk, at=NOON)

    assert delegations.reproach(row, on=TODAY) == ""
    assert "n’est pas exécutoire" in delegations.reproach(row, on=YESTERDAY)


def test_one_of_both_is_not_enough(cast: Cast) -> None:
    row = a_delegation_of_signature(cast, executory=False)

    publish_delegation(delegation_id=row.pk, transmitted_on=TODAY, published_on=None, agent=cast.clerk, at=NOON)

    assert "n’est pas exécutoire" in delegations.reproach(row, on=TODAY)


def test_a_day_to_come_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    row = a_delegation_of_signature(cast, executory=False)

    with pytest.raises(PublicityRefused, match="pas encore venu"), nothing_written():
        publish_delegation(
            delegation_id=row.pk,
            transmitted_on=TODAY + dt.timedelta(days=1),
            published_on=TODAY,
            agent=cast.clerk,
            at=NOON,
        )


def test_a_delegation_that_is_none_is_said(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(PublicityRefused, match="n’existe plus"), nothing_written():
        publish_delegation(delegation_id=404, transmitted_on=TODAY, published_on=TODAY, agent=cast.clerk, at=NOON)


def test_a_drafter_notes_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    row = a_delegation_of_signature(cast, executory=False)

    with pytest.raises(NotEntitled), nothing_written():
        publish_delegation(delegation_id=row.pk, transmitted_on=TODAY, published_on=TODAY, agent=cast.drafter, at=NOON)
