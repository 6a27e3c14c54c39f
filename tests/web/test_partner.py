"""The partner's page: the link's secret is the right."""

from __future__ import annotations

import pytest
from django.test import Client

from hemicycle.chain.distribution.actions.prepare_notice import prepare_notice
from hemicycle.chain.distribution.models import Notice
from hemicycle.chain.signing.models import Act
from tests.after_vote import SIGNED
from tests.cast import NOON, Cast
from tests.factories import a_dossier, an_attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(cast: Cast) -> Notice:
    dossier = a_dossier(cast, acknowledged=True, object="Aide au club de Clérande")
    return prepare_notice(
        dossier_id=dossier.id,
        partner="Club de Clérande",
        email="club@clerande.example",
        mode="notification",
        agent=cast.drafter,
        at=NOON,
    )


def test_following_the_link_shows_what_it_is_and_proves_nothing_yet(notice: Notice) -> None:
    answer = Client().get(f"/p/{notice.token}/")

    notice.refresh_from_db()
    assert "Aide au club de Clérande" in answer.content.decode()
    assert "Acte signé" not in answer.content.decode()
    assert notice.opened_at is None


def test_opening_is_the_partners_own_gesture_and_is_dated(notice: Notice) -> None:
    browser = Client()

    page = browser.post(f"/p/{notice.token}/ouvrir", follow=True).content.decode()

    notice.refresh_from_db()
    assert "Acte signé" in page
    assert notice.opened_at is not None


def test_the_form_passes_its_own_check_in_a_browser_that_names_its_origin(notice: Notice) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(f"/p/{notice.token}/")
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    answer = browser.post(
        f"/p/{notice.token}/ouvrir", {"csrfmiddlewaretoken": token}, headers={"origin": "http://testserver"}
    )

    assert answer.status_code == 302
    # With « no-referrer » a browser would send « Origin: null », which the check refuses.
    assert page["Referrer-Policy"] == "same-origin"


def test_the_page_is_neither_indexed_nor_cached(notice: Notice) -> None:
    answer = Client().get(f"/p/{notice.token}/")

    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


def test_a_download_is_dated(notice: Notice) -> None:
    signed = Act.objects.get(dossier=notice.dossier).signed_id

    answer = Client().get(f"/p/{notice.token}/{signed}")

    notice.refresh_from_db()
    assert answer.content == SIGNED
    assert notice.downloaded_at is not None


def test_a_file_that_the_page_does_not_offer_is_not_given(cast: Cast, notice: Notice) -> None:
    inside = an_attachment(notice.dossier, by=cast.drafter, published=False)

    answer = Client().get(f"/p/{notice.token}/{inside.id}")

    notice.refresh_from_db()
    assert answer.status_code == 404
    assert notice.downloaded_at is None


@pytest.mark.parametrize("address", ["/p/inconnu/", "/p/inconnu/00000000-0000-0000-0000-000000000000"])
def test_an_unknown_link_opens_nothing(cast: Cast, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_an_unknown_link_cannot_be_opened_either(cast: Cast) -> None:
    assert Client().post("/p/inconnu/ouvrir").status_code == 404
