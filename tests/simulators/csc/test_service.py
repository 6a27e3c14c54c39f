"""What the simulated signing service admits, and what it refuses."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.simulators.authority.running import running as authority_running

from .running import Remote, running

SHA256 = "2.16.840.1.101.3.4.2.1"


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@pytest.fixture(scope="module")
def remote() -> Iterator[Remote]:
    with authority_running() as authority, running(authority) as service:
        yield service


@pytest.fixture(scope="module")
def client(remote: Remote) -> Iterator[httpx.Client]:
    form = {"grant_type": "client_credentials", "client_id": "hemicycle", "client_secret": "simulateur"}
    token = httpx.post(f"{remote.url}/oauth2/token", data=form).json()["access_token"]
    with httpx.Client(base_url=remote.csc, headers={"Authorization": f"Bearer {token}"}) as client:
        yield client


def authorized(client: httpx.Client, *texts: str, **changed: Any) -> httpx.Response:
    asked = {
        "credentialID": "president",
        "numSignatures": len(texts),
        "hashes": [digest(text) for text in texts],
        "hashAlgorithmOID": SHA256,
        "authData": [{"id": "PIN", "value": "2468"}],
    }
    return client.post("credentials/authorize", json={**asked, **changed})


def signed(client: httpx.Client, sad: str, *texts: str, **changed: Any) -> httpx.Response:
    asked = {
        "credentialID": "president",
        "SAD": sad,
        "hashes": [digest(text) for text in texts],
        "hashAlgorithmOID": SHA256,
        "signAlgo": "1.2.840.113549.1.1.11",
    }
    return client.post("signatures/signHash", json={**asked, **changed})


def test_an_authorisation_is_bound_to_its_digests_and_serves_once(client: httpx.Client) -> None:
    sad = authorized(client, "un", "deux").json()["SAD"]

    other, right, again = signed(client, sad, "trois"), signed(client, sad, "un", "deux"), signed(client, sad, "un")

    assert (other.status_code, right.status_code, again.status_code) == (400, 200, 400)
    assert other.json() == {"error": "invalid_request", "error_description": "Hash is not authorized by the SAD"}
    assert len(right.json()["signatures"]) == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"credentialID": "absente"},
        {"numSignatures": 3},
        {"numSignatures": "un"},
        {"hashes": ["bruit"]},
        {"hashes": "bruit"},
        {"hashAlgorithmOID": "1.3.14.3.2.26"},
        {"authData": []},
        {"authData": "2468"},
    ],
)
def test_a_request_that_the_norm_does_not_admit_is_refused(client: httpx.Client, changed: dict[str, Any]) -> None:
    answer = authorized(client, "un", **changed)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_method_without_access_token_is_refused(remote: Remote) -> None:
    answer = httpx.post(f"{remote.csc}/credentials/list", json={})

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_token")


def test_keys_and_codes_survive_a_restart(tmp_path: Any) -> None:
    with authority_running() as authority:
        with running(authority, "--data", str(tmp_path)) as first:
            code = first.otp("president-otp")
        with running(authority, "--data", str(tmp_path)) as second:
            assert second.otp("president-otp") == code


def test_the_page_tells_a_person_what_happened(client: httpx.Client, remote: Remote) -> None:
    authorized(client, "un")

    page = httpx.get(remote.url).text

    assert "Signature à distance <small>(simulateur)</small>" in page
    assert "<td>autorisation</td>" in page
    assert httpx.post(f"{remote.url}/panne", data={"fault": "inconnue"}).status_code == 400
