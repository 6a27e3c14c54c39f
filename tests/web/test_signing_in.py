from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def test_an_agent_signs_in_and_comes_to_what_was_asked_for(cast: Cast, client: Client) -> None:
    sent = {"email": cast.legal.email, "password": PASSWORD, "next": "/dossiers"}

    answer = client.post("/connexion", sent)

    assert (answer.status_code, answer["Location"]) == (302, "/dossiers")
    assert client.get("/dossiers").status_code == 200


def test_a_wrong_password_is_told_and_the_address_is_kept(cast: Cast, client: Client) -> None:
    answer = client.post("/connexion", {"email": cast.legal.email, "password": "autre chose"})

    assert answer.status_code == 401
    page = answer.content.decode()
    assert "ne correspond à aucun compte actif" in page
    assert cast.legal.email in page


def test_an_agent_who_left_does_not_come_in(cast: Cast, client: Client) -> None:
    cast.legal.is_active = False
    cast.legal.save()

    answer = client.post("/connexion", {"email": cast.legal.email, "password": PASSWORD})

    assert answer.status_code == 401


@pytest.mark.parametrize(
    "wanted", ["https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)", "sign_out", "NaN"]
)
def test_nobody_is_sent_to_another_site(cast: Cast, client: Client, wanted: str) -> None:
    answer = client.post("/connexion", {"email": cast.legal.email, "password": PASSWORD, "next": wanted})

    assert answer["Location"] == "/"


def test_every_page_of_the_house_asks_to_sign_in_first(client: Client, db: None) -> None:
    for address in ("/", "/dossiers", "/recherche", "/dossiers/nouveau"):
        assert client.get(address)["Location"].startswith("/connexion?next="), address


def test_one_leaves_by_a_post_only(cast: Cast, enter: Any) -> None:
    client = enter(cast.legal)

    assert client.get("/deconnexion").status_code == 405
    assert client.post("/deconnexion").status_code == 302
    assert client.get("/dossiers").status_code == 302


def test_the_accounts_of_the_demonstration_are_offered_only_where_its_password_is_set(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.DEMONSTRATION_ACCOUNTS = [["juridique", "Jules Juriste", cast.legal.email]]
    settings.DEMONSTRATION_PASSWORD = ""
    silent = client.get("/connexion").content.decode()
    settings.DEMONSTRATION_PASSWORD = PASSWORD
    open_ = client.get("/connexion").content.decode()

    assert cast.legal.email not in silent
    assert cast.legal.email in open_
