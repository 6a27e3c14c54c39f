"""The installation as it is set up."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.factories import a_circuit
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db

PAGES = (
    "/administration/",
    "/administration/personnes",
    "/administration/organisation",
    "/administration/circuits",
)


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_and_the_assembly_office_read_it(cast: Cast, enter: Enter, page: str) -> None:
    a_circuit()

    assert enter(cast.administrator).get(page).status_code == 200
    assert enter(cast.clerk).get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_does(cast: Cast, enter: Enter, page: str) -> None:
    assert enter(cast.president).get(page).status_code == 404
    assert enter(cast.outsider).get(page).status_code == 404


def test_people_are_found_by_name_with_their_roles_and_dates(cast: Cast, enter: Enter) -> None:
    page = enter(cast.administrator).get("/administration/personnes", {"q": "Rédactrice"}).content.decode()

    assert cast.drafter.email in page
    assert cast.clerk.email not in page
    assert "depuis le 01/07/2021" in page
