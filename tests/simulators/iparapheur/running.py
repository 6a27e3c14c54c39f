"""The simulated parapheur as the tests use it: a separate program on a free port."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, kw_only=True)
class Parapheur:
    """Where it is, how one enters, and what its people do at its page."""

    url: str
    user: str
    password: str
    tenant: str
    desk: str
    reference: str

    def folders(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = httpx.get(f"{self.url}/dossiers.json").json()["folders"]
        return found

    def sign(self, folder: str) -> None:
        assert httpx.post(f"{self.url}/dossiers/{folder}/signer", timeout=60).status_code == 303

    def reject(self, folder: str, reason: str) -> None:
        assert httpx.post(f"{self.url}/dossiers/{folder}/rejeter", data={"reason": reason}).status_code == 303

    @contextmanager
    def broken(self, fault: str) -> Iterator[None]:
        """With that fault, until the end of the block."""
        assert httpx.post(f"{self.url}/panne", data={"fault": fault}).status_code == 303
        try:
            yield
        finally:
            httpx.post(f"{self.url}/panne", data={"fault": "none"})


@contextmanager
def running(authority: str, *arguments: str) -> Iterator[Parapheur]:
    """A parapheur that runs until the end of the block, its signatory certified by that authority."""
    command = [sys.executable, "-m", "simulators.iparapheur", "--port", "0", "--authority", authority, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as program:
        assert program.stdout is not None
        try:
            told = json.loads(program.stdout.readline())
            yield Parapheur(**{name: told[name] for name in Parapheur.__dataclass_fields__})
        finally:
            program.terminate()
            program.wait(10)
