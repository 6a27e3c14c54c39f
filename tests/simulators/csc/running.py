"""The simulated signing service as the tests use it: a separate program on a free port."""

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
class Remote:
    """Where the service is, and what its client is known as."""

    url: str
    csc: str
    client_id: str
    client_secret: str

    def otp(self, credential: str) -> str:
        """The code on the holder's telephone."""
        return str(httpx.get(f"{self.url}/telephone/{credential}").json()["otp"])

    @contextmanager
    def broken(self, fault: str) -> Iterator[None]:
        """The service with that fault, until the end of the block."""
        assert httpx.post(f"{self.url}/panne", data={"fault": fault}).status_code == 303
        try:
            yield
        finally:
            httpx.post(f"{self.url}/panne", data={"fault": "none"})


@contextmanager
def running(authority: str, *arguments: str) -> Iterator[Remote]:
    """A service that runs until the end of the block, its holders certified by that authority."""
    command = [sys.executable, "-m", "simulators.csc", "--port", "0", "--authority", authority, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as program:
        assert program.stdout is not None
        try:
            told = json.loads(program.stdout.readline())
            yield Remote(**{name: told[name] for name in ("url", "csc", "client_id", "client_secret")})
        finally:
            program.terminate()
            program.wait(10)
