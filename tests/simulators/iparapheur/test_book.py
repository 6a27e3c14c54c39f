"""What the simulated parapheur admits, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from hemicycle.protocols.parapheur.premis import draft
from tests.simulators.authority.running import running as authority_running

from .running import Parapheur, running

DESK = "/api/standard/v1/tenant/{tenant}/desk/{desk}"


@pytest.fixture(scope="module")
def parapheur() -> Iterator[Parapheur]:
    with authority_running() as authority, running(authority) as program:
        yield program


@pytest.fixture
def entered(parapheur: Parapheur) -> Iterator[httpx.Client]:
    """A client that holds a token, at our desk."""
    form = {"grant_type": "password", "client_id": "ipcore-web"}
    who = {"username": parapheur.user, "password": parapheur.password}
    token = httpx.post(f"{parapheur.url}/auth/realms/api/protocol/openid-connect/token", data=form | who).json()
    with httpx.Client(headers={"authorization": f"Bearer {token['access_token']}"}) as client:
        base = f"{parapheur.url}/api/standard/v1/tenant"
        tenant = client.get(base).json()["content"][0]["id"]
        desks = {one["name"]: one["id"] for one in client.get(f"{base}/{tenant}/desk").json()["content"]}
        client.base_url = httpx.URL(f"{base}/{tenant}/desk/{desks[parapheur.desk]}")
        yield client


def made(
    client: httpx.Client, *, kind: str = "Actes", filename: str = "a.pdf", started: str = "false"
) -> httpx.Response:
    described = draft(name="Acte", type_name=kind, subtype_name="Signature du président", document="a.pdf")
    files = [("folder", ("folder.xml", described)), ("documents", (filename, b"%PDF-1.7\n"))]
    return client.post("/folder", files=files, params={"autoStart": started})


def test_without_a_token_nothing_is_said(parapheur: Parapheur) -> None:
    assert httpx.get(f"{parapheur.url}/api/standard/v1/tenant").status_code == 401


@pytest.mark.parametrize(("changed", "status"), [({"kind": "Autre"}, 400), ({"filename": "b.pdf"}, 400)])
def test_a_folder_that_does_not_hold_together_is_refused(
    entered: httpx.Client, changed: dict[str, str], status: int
) -> None:
    assert made(entered, **changed).status_code == status


def test_a_folder_started_at_once_waits_on_another_desk(entered: httpx.Client) -> None:
    folder = made(entered, started="true").json()["id"]

    listed = {state: entered.get(f"/{state}").json()["content"] for state in ("DRAFT", "PENDING", "RETRIEVABLE")}

    assert [one["id"] for one in listed["RETRIEVABLE"]].count(folder) == 1
    assert folder not in str(listed["DRAFT"]) + str(listed["PENDING"])


def test_a_task_done_is_not_done_again(parapheur: Parapheur, entered: httpx.Client) -> None:
    folder = made(entered, started="true").json()["id"]
    parapheur.reject(folder, "Non.")

    again = httpx.post(f"{parapheur.url}/dossiers/{folder}/signer")

    assert again.status_code == 409


def test_its_page_tells_what_waits_in_french(parapheur: Parapheur, entered: httpx.Client) -> None:
    made(entered, started="true")

    page = httpx.get(parapheur.url).text

    assert '<html lang="fr">' in page
    assert "simulateur" in page
    assert "Signer</button>" in page
