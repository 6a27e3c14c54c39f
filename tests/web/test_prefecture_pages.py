"""The nomenclature, the messages put aside, the hours of sending."""

from __future__ import annotations

import pytest

from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission.actions.park_message import park_message
from hemicycle.chain.transmission.models import ClassificationRequest
from tests.cast import NOON, Cast
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


def test_the_nomenclature_is_asked_for_from_its_page(cast: Cast, enter: Enter) -> None:
    office = enter(cast.clerk)

    office.post("/transmissions/classification/demander")

    assert ClassificationRequest.objects.count() == 1
    assert "réponse attendue" in office.get("/transmissions/classification/").content.decode()


def test_a_message_is_shown_with_why_saved_as_it_came_and_settled(cast: Cast, enter: Enter) -> None:
    message = park_message(data=b"<a/>", why="Nul ne l’attendait.", agent=cast.courier, at=NOON)
    office = enter(cast.clerk)

    page = office.get("/transmissions/messages/").content.decode()
    saved = office.get(f"/transmissions/messages/{message.pk}/")
    office.post(f"/transmissions/messages/{message.pk}/classer", {"note": "Doublon."})

    assert "Nul ne l’attendait." in page
    assert saved.getvalue() == b"<a/>"
    assert list(queries.parked()) == []


def test_an_hour_without_the_other_is_refused_beside_it(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.clerk).post("/transmissions/heures/regler", {"1-opens": "08:00"})

    assert answer.status_code == 409
    assert "donnez les deux heures ou aucune" in answer.content.decode()
    assert queries.sending_hours() == {}
