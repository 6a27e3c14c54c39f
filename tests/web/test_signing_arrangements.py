"""The administration of signatures."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from hemicycle.accounts.models import Delegation
from hemicycle.chain.signing.models import Publicity, SigningPlace
from tests.cast import Cast
from tests.signed_acts import a_delegation_of_signature
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


def test_the_secretary_then_the_president_are_chosen_for_a_body(cast: Cast, enter: Enter) -> None:
    clerk = enter(cast.clerk)

    clerk.post("/administration/signatures/ordre/CP", {"first": "secretary", "second": "president", "third": ""})

    rows = SigningPlace.objects.filter(series="CP").order_by("rank")
    assert [row.who for row in rows] == ["secretary", "president"]
    assert clerk.get("/administration/signatures").status_code == 200


def test_an_order_without_the_president_is_refused_beside_its_series(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.clerk).post("/administration/signatures/ordre/CD", {"first": "secretary"})

    assert answer.status_code == 409
    assert "Le président signe toujours" in answer.content.decode()


def test_a_delegation_is_recorded_then_made_executory(cast: Cast, enter: Enter) -> None:
    clerk, today = enter(cast.clerk), timezone.localdate()
    holder = cast.members[1].agent

    clerk.post(
        "/administration/signatures/delegations",
        {"holder": str(holder.pk), "reference": "Arrêté 2026-41", "first_day": f"{today}", "last_day": ""},
    )
    row = Delegation.objects.get(scope="signature")
    clerk.post(
        f"/administration/signatures/delegations/{row.pk}",
        {"transmitted_on": f"{today}", "published_on": f"{today}"},
    )

    assert Publicity.objects.get(delegation=row).executory_on == today
    assert "Aucun certificat de signature" in clerk.get("/administration/signatures").content.decode()


def test_a_day_to_come_is_refused_in_words(cast: Cast, enter: Enter) -> None:
    row = a_delegation_of_signature(cast, executory=False)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    answer = enter(cast.clerk).post(f"/administration/signatures/delegations/{row.pk}", {"published_on": f"{tomorrow}"})

    assert answer.status_code == 409
    assert "pas encore venu" in answer.content.decode()
