"""The pages of the desks."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit.models import Desk
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NEW = "/administration/guichets/nouveau"


def test_a_desk_is_made_with_its_people(cast: Cast, enter: Any) -> None:
    people = f"{cast.legal.email}\nFanny Finances\n"

    answer = enter(cast.clerk).post(
        NEW, {"name": "Guichet", "people": people, "more": cast.cabinet.email, "active": "on"}, follow=True
    )

    desk = Desk.objects.get()
    assert "est enregistré" in answer.content.decode()
    seated = definitions.people_at(desk.pk, on=timezone.localdate())
    assert seated == [cast.cabinet, cast.finance, cast.legal]


def test_the_page_shows_who_sits_and_takes_one_away(cast: Cast, enter: Any) -> None:
    client = enter(cast.clerk)
    client.post(NEW, {"name": "Guichet", "people": f"{cast.legal.email}\n{cast.finance.email}", "active": "on"})
    url = f"/administration/guichets/{Desk.objects.get().pk}/"

    page = client.get(url).content.decode()
    client.post(url, {"name": "Guichet", "people": cast.legal.email, "active": "on"})

    assert "Fanny Finances" in page
    assert definitions.people_at(Desk.objects.get().pk, on=timezone.localdate()) == [cast.legal]


def test_an_unknown_person_is_refused_and_the_rest_kept(cast: Cast, enter: Any, nothing_written: Any) -> None:
    client = enter(cast.clerk)

    with nothing_written():
        answer = client.post(NEW, {"name": "Guichet", "people": "Un Inconnu", "active": "on"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "« Un Inconnu »" in page and "Guichet" in page


def test_a_desk_that_does_not_exist_has_no_page(cast: Cast, enter: Any) -> None:
    assert enter(cast.clerk).get("/administration/guichets/99/").status_code == 404


def test_those_who_only_look_do_not_seat(cast: Cast, enter: Any) -> None:
    assert enter(cast.auditor).get("/administration/guichets").status_code == 200
    assert enter(cast.auditor).get(NEW).status_code == 404
