"""The act back to its direction, and its sendings."""

from __future__ import annotations

import pytest

from hemicycle.chain.distribution import queries
from hemicycle.chain.distribution.actions.return_to_direction import return_to_direction
from hemicycle.chain.distribution.models import Partner
from hemicycle.dossier.models import Dossier
from tests.cast import NOON, Cast
from tests.factories import a_dossier
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(cast: Cast) -> Dossier:
    dossier = a_dossier(cast, acknowledged=True, object="Aide au club de Clérande")
    return_to_direction(dossier_id=dossier.id, agent=cast.courier, at=NOON)
    return dossier


def test_the_act_comes_back_to_the_drafter_who_notes_it(cast: Cast, enter: Enter, returned: Dossier) -> None:
    drafter = enter(cast.drafter)

    page = drafter.get("/retours/").content.decode()
    drafter.post(f"/retours/{returned.id}/vu")

    found = queries.return_of(returned)
    assert "Aide au club de Clérande" in page
    assert found is not None
    assert found.seen_by == cast.drafter


def test_another_direction_sees_neither_the_return_nor_the_sendings(
    cast: Cast, enter: Enter, returned: Dossier
) -> None:
    neighbour = enter(cast.neighbour)

    assert "Aide au club de Clérande" not in neighbour.get("/retours/").content.decode()
    assert neighbour.get(f"/retours/{returned.id}/").status_code == 404
    assert neighbour.post(f"/retours/{returned.id}/vu").status_code == 404


def test_the_act_is_sent_to_a_partner_typed_in(cast: Cast, enter: Enter, returned: Dossier) -> None:
    answer = enter(cast.drafter).post(
        f"/retours/{returned.id}/envoyer",
        {"known": "", "partner": "Club de Clérande", "email": "club@clerande.example", "mode": "notification"},
        follow=True,
    )

    notice = queries.notices_of(returned)[0]
    assert (notice.email, notice.mode) == ("club@clerande.example", "notification")
    assert "Club de Clérande" in answer.content.decode()


def test_the_act_is_sent_to_a_partner_of_the_address_book(cast: Cast, enter: Enter, returned: Dossier) -> None:
    Partner.objects.create(name="Ligue d’Ormelle", email="ligue@ormelle.example", unit=cast.direction)

    enter(cast.drafter).post(
        f"/retours/{returned.id}/envoyer",
        {"known": "Ligue d’Ormelle <ligue@ormelle.example>", "mode": "information"},
    )

    assert [n.email for n in queries.notices_of(returned)] == ["ligue@ormelle.example"]


def test_a_wrong_address_is_refused_beside_its_field_and_the_name_kept(
    cast: Cast, enter: Enter, returned: Dossier
) -> None:
    answer = enter(cast.drafter).post(
        f"/retours/{returned.id}/envoyer",
        {"known": "", "partner": "Club de Clérande", "email": "pas une adresse", "mode": "information"},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "n’est pas une adresse électronique" in page
    assert 'value="Club de Clérande"' in page
    assert queries.notices_of(returned) == []


def test_the_same_sending_does_not_leave_twice(cast: Cast, enter: Enter, returned: Dossier) -> None:
    drafter = enter(cast.drafter)
    sent = {"known": "", "partner": "Club", "email": "club@clerande.example", "mode": "information"}
    drafter.post(f"/retours/{returned.id}/envoyer", sent)

    answer = drafter.post(f"/retours/{returned.id}/envoyer", sent)

    assert answer.status_code == 409
    assert "ne part pas deux fois" in answer.content.decode()
    assert len(queries.notices_of(returned)) == 1
