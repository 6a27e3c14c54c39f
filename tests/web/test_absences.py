"""The page of absences and delegations."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from hemicycle.accounts.models import Delegation
from tests.cast import Cast
from tests.factories import a_delegation

pytestmark = pytest.mark.django_db


def days(first: int = 0, last: int = 4) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "first_day": (today + dt.timedelta(days=first)).isoformat(),
        "last_day": (today + dt.timedelta(days=last)).isoformat(),
    }


def test_each_declares_their_own(cast: Cast, enter: Any) -> None:
    client = enter(cast.legal)

    answer = client.post(
        "/absences/declarer", {**days(), "replaced_by": "Fanny Finances", "reason": "congés"}, follow=True
    )

    row = Delegation.objects.get()
    assert (row.giver, row.holder, row.absence, row.reference) == (cast.legal, cast.finance, True, "congés")
    page = answer.content.decode()
    assert "Fanny Finances vous remplace" in page and "Mettre fin" in page


def test_the_service_des_assemblees_declares_for_anyone(cast: Cast, enter: Any) -> None:
    facts = {**days(), "absent": cast.legal.email, "replaced_by": cast.finance.email}

    answer = enter(cast.clerk).post("/absences/declarer", facts, follow=True)

    assert Delegation.objects.get().giver == cast.legal
    assert "Fanny Finances remplace Jules Juriste" in answer.content.decode()


def test_nobody_else_names_the_absent(cast: Cast, enter: Any) -> None:
    facts = {**days(), "absent": cast.director.email, "replaced_by": cast.finance.email}

    enter(cast.legal).post("/absences/declarer", facts)

    assert Delegation.objects.get().giver == cast.legal


def test_a_loop_is_refused_in_a_sentence_and_what_was_typed_is_kept(
    cast: Cast, enter: Any, nothing_written: Any
) -> None:
    client = enter(cast.legal)
    enter(cast.finance).post("/absences/declarer", {**days(), "replaced_by": cast.legal.email})

    with nothing_written():
        answer = client.post("/absences/declarer", {**days(), "replaced_by": "Fanny Finances", "reason": "congés"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Fanny Finances est alors absent et remplacé par Jules Juriste" in page and "congés" in page


def test_it_is_ended(cast: Cast, enter: Any) -> None:
    client = enter(cast.legal)
    client.post("/absences/declarer", {**days(), "replaced_by": cast.finance.email})

    answer = client.post(f"/absences/{Delegation.objects.get().pk}/fin", follow=True)

    assert "n’agit plus pour" in answer.content.decode()
    assert not Delegation.objects.exists()


def test_another_s_absence_is_not_ended(cast: Cast, enter: Any, nothing_written: Any) -> None:
    enter(cast.legal).post("/absences/declarer", {**days(), "replaced_by": cast.finance.email})
    client, row = enter(cast.finance), Delegation.objects.get()

    with nothing_written():
        answer = client.post(f"/absences/{row.pk}/fin", follow=True)

    assert "Seuls Jules Juriste" in answer.content.decode()


def test_a_delegation_is_recorded_and_ended(cast: Cast, enter: Any) -> None:
    client, today = enter(cast.clerk), timezone.localdate().isoformat()
    facts = {"giver": cast.director.email, "holder": cast.legal.email, "reference": "Arrêté 41", "first_day": today}

    given = client.post("/absences/deleguer", facts, follow=True).content.decode()
    ended = client.post(f"/absences/delegations/{Delegation.objects.get().pk}/fin", follow=True).content.decode()

    assert "Jules Juriste peut viser pour Dina Directrice (Arrêté 41)" in given
    assert "n’agit plus" in ended and not Delegation.objects.exists()


def test_a_delegation_without_reference_is_refused(cast: Cast, enter: Any, nothing_written: Any) -> None:
    client, today = enter(cast.clerk), timezone.localdate().isoformat()

    with nothing_written():
        answer = client.post(
            "/absences/deleguer", {"giver": cast.director.email, "holder": cast.legal.email, "first_day": today}
        )

    assert answer.status_code == 409


def test_someone_sees_the_delegations_that_concern_them_alone(cast: Cast, enter: Any) -> None:
    today = timezone.localdate()
    a_delegation(cast.director, cast.legal, on=today)

    mine = enter(cast.legal).get("/absences/").content.decode()
    others = enter(cast.finance).get("/absences/").content.decode()

    assert "Dina Directrice" in mine
    assert "Aucune délégation de visa ne vous concerne" in others
