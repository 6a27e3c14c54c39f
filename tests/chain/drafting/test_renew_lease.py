"""Going on writing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.give_lease_back import give_lease_back
from hemicycle.chain.drafting.actions.renew_lease import renew_lease
from hemicycle.chain.drafting.actions.take_lease import take_lease
from hemicycle.chain.drafting.actions.take_over_lease import take_over_lease
from hemicycle.chain.drafting.leases import SPAN, LeaseLost
from tests.cast import NOON, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db

SOON = NOON + dt.timedelta(minutes=1)


def test_a_sign_of_the_tab_gives_two_minutes_more(cast: Cast) -> None:
    dossier = a_dossier(cast)
    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    renewed = renew_lease(dossier_id=dossier.id, text="report", token=lease.token, agent=cast.drafter, at=SOON)

    assert (renewed.taken_at, renewed.ends_at) == (NOON, SOON + SPAN)


def test_a_lease_that_lapsed_goes_on_while_nobody_took_it(cast: Cast) -> None:
    dossier = a_dossier(cast)
    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)
    later = NOON + dt.timedelta(hours=1)

    renewed = renew_lease(dossier_id=dossier.id, text="report", token=lease.token, agent=cast.drafter, at=later)

    assert renewed.ends_at == later + SPAN


def test_whoever_lost_the_text_is_told_who_has_it(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)
    take_over_lease(dossier_id=dossier.id, text="report", agent=cast.colleague, at=SOON)

    with pytest.raises(LeaseLost, match=f"{cast.colleague.full_name} a pris la main à 1") as lost, nothing_written():
        renew_lease(dossier_id=dossier.id, text="report", token=lease.token, agent=cast.drafter, at=SOON)

    assert lost.value.writer is not None and lost.value.writer.name == cast.colleague.full_name


def test_a_lease_given_back_is_not_renewed(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)
    give_lease_back(dossier_id=dossier.id, text="report", token=lease.token, agent=cast.drafter, at=NOON)

    with pytest.raises(LeaseLost, match="reprenez-la"), nothing_written():
        renew_lease(dossier_id=dossier.id, text="report", token=lease.token, agent=cast.drafter, at=SOON)


def test_the_token_is_of_one_person(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    with pytest.raises(LeaseLost), nothing_written():
        renew_lease(dossier_id=dossier.id, text="report", token=lease.token, agent=cast.colleague, at=SOON)
