"""Beginning to write a text."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.give_lease_back import give_lease_back
from hemicycle.chain.drafting.actions.take_lease import take_lease
from hemicycle.chain.drafting.leases import SPAN, TextHeld
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db

SOON = NOON + dt.timedelta(minutes=1)


def test_whoever_opens_the_text_writes_it_for_two_minutes(cast: Cast) -> None:
    dossier = a_dossier(cast)

    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    assert (lease.agent, lease.taken_at, lease.ends_at) == (cast.drafter, NOON, NOON + SPAN)


def test_another_person_is_told_who_writes_and_since_when(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    with pytest.raises(TextHeld) as refusal, nothing_written():
        take_lease(dossier_id=dossier.id, text="report", agent=cast.colleague, at=SOON)

    assert str(refusal.value).startswith(f"{cast.drafter.full_name} écrit ce texte depuis 1")
    assert "prenez la main" in str(refusal.value)


def test_a_second_tab_of_the_same_person_is_another_writer(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    with pytest.raises(TextHeld, match="dans un autre onglet"), nothing_written():
        take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=SOON)


def test_a_tab_reloaded_goes_on_with_its_lease(cast: Cast) -> None:
    dossier = a_dossier(cast)
    before = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    again = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=SOON, token=before.token)

    assert (again.token, again.taken_at, again.ends_at) == (before.token, NOON, SOON + SPAN)


def test_the_token_of_somebody_else_opens_nothing(cast: Cast) -> None:
    dossier = a_dossier(cast)
    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)
    give_lease_back(dossier_id=dossier.id, text="report", token=lease.token, agent=cast.drafter, at=NOON)

    taken = take_lease(dossier_id=dossier.id, text="report", agent=cast.colleague, at=SOON, token=lease.token)

    assert taken.agent == cast.colleague


def test_a_lease_that_lapsed_is_taken_by_whoever_comes(cast: Cast) -> None:
    dossier = a_dossier(cast)
    take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.colleague, at=NOON + SPAN)

    assert lease.agent == cast.colleague


def test_the_two_texts_of_a_dossier_have_two_writers(cast: Cast) -> None:
    dossier = a_dossier(cast)
    take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    lease = take_lease(dossier_id=dossier.id, text="deliberation", agent=cast.colleague, at=NOON)

    assert lease.agent == cast.colleague


@pytest.mark.parametrize("who", ["neighbour", "legal", "outsider"])
def test_whoever_does_not_write_the_dossier_takes_nothing(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        take_lease(dossier_id=dossier.id, text="report", agent=getattr(cast, who), at=NOON)


def test_nobody_writes_a_dossier_in_its_circuit(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(TextFrozen), nothing_written():
        take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)
