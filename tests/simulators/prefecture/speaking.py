"""Speaking to the simulator as a client of S²LOW would, with nothing of the product between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.protocols.actes.made import a_pdf

ACTES = "/modules/actes"


@contextmanager
def calling(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, auth=("simulateur", "simulateur"), timeout=10) as client:
        yield client


def deposit(client: httpx.Client, number: str, **changes: Any) -> httpx.Response:
    fields: dict[str, Any] = {
        "api": "1",
        "nature_code": "1",
        "classif1": "7",
        "classif2": "5",
        "number": number,
        "decision_date": "2026-12-17",
        "subject": "Subvention d'équipement".encode("iso-8859-1"),
        "type_acte": "99_DE",
        "type_pj[]": ["21_RP"],
    }
    files = [
        ("acte_pdf_file", ("acte.pdf", changes.pop("pdf", a_pdf()), "application/pdf")),
        ("acte_attachments[]", ("annexe.pdf", a_pdf("Annexe"), "application/pdf")),
    ]
    return client.post(f"{ACTES}/actes_transac_create.php", data=fields | changes, files=files)


def identifier(reply: httpx.Response) -> int:
    assert reply.content.startswith(b"OK\n"), reply.text
    return int(reply.content.split(b"\n")[1])


def status(client: httpx.Client, transaction: int) -> bytes:
    params = {"transaction": transaction}
    return client.get(f"{ACTES}/actes_transac_get_status.php", params=params).content


def state(client: httpx.Client, transaction: int) -> int:
    return int(status(client, transaction).split(b"\n")[1])


def until(condition: Callable[[], bool], what: str, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"never happened: {what}"
        time.sleep(0.05)


def settled(client: httpx.Client, transaction: int, *wanted: int) -> bytes:
    """The whole reply once the transaction reaches one of these states."""
    until(lambda: state(client, transaction) in wanted, f"state {wanted} of {transaction}")
    return status(client, transaction)


def received(client: httpx.Client) -> dict[str, dict[str, Any]]:
    return {acte["id"]: acte for acte in client.get("/ministere/actes.json").json()["actes"]}
