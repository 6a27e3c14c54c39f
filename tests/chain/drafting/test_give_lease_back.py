"""Stopping writing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.give_lease_back import give_lease_back
from hemicycle.chain.drafting.actions.take_lease import take_lease
from hemicycle.chain.drafting.actions.take_over_lease import take_over_lease
from tests.cast import NOON, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db

SOON = NOON + dt.timedelta(seconds=10)


def test_the_text_is_free_at_once(cast: Cast) -> None:
    dossier = a_dossier(cast)
    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    give_lease_back(dossier_id=dossier.id, text="report", token=lease.token, agent=cast.drafter, at=SOON)

    assert take_lease(dossier_id=dossier.id, text="report", agent=cast.colleague, at=SOON).agent == cast.colleague


def test_a_page_that_closes_late_does_not_free_the_text_of_another(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)
    take_over_lease(dossier_id=dossier.id, text="report", agent=cast.colleague, at=SOON)

    with nothing_written():
        give_lease_back(dossier_id=dossier.id, text="report", token=lease.token, agent=cast.drafter, at=SOON)


def test_one_gives_back_in_ones_own_name_only(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    with nothing_written():
        give_lease_back(dossier_id=dossier.id, text="report", token=lease.token, agent=cast.colleague, at=SOON)
