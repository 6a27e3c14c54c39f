from __future__ import annotations

from typing import Any

from django.test import Client, RequestFactory

from hemicycle.web import failures, inbox
from tests.cast import PASSWORD, Cast


def test_an_unknown_address_has_its_page(client: Client, db: None) -> None:
    answer = client.get("/nulle-part")

    assert answer.status_code == 404
    assert "Cette page n’existe pas" in answer.content.decode()


def test_a_breakdown_has_its_page_and_shows_no_trace(cast: Cast, enter: Any, monkeypatch: Any) -> None:
    client = enter(cast.drafter)
    client.raise_request_exception = False
    monkeypatch.setattr(inbox, "sections", lambda agent, on: 1 / 0)

    answer = client.get("/")

    assert answer.status_code == 500
    assert "panne" in answer.content.decode() and "ZeroDivisionError" not in answer.content.decode()


def test_a_form_without_its_token_is_refused_in_french(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/connexion", {"email": cast.legal.email, "password": PASSWORD})

    assert answer.status_code == 403
    assert "Ce formulaire n’a pas été reconnu" in answer.content.decode()


def test_what_is_forbidden_has_its_page() -> None:
    answer = failures.forbidden(RequestFactory().get("/"), PermissionError())

    assert answer.status_code == 403
