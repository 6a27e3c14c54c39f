"""A test of the antivirus: alive, and how old what it knows is."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from hemicycle.gateways.antivirus.client import ClamdClient
from hemicycle.gateways.checks import Outcome

NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)


@contextmanager
def _answering(**answers: bytes) -> Iterator[str]:
    class Clamd(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked = self.rfile.read(6).strip(b"\0z")
            self.wfile.write(answers["ping" if asked.startswith(b"PING") else "version"] + b"\0")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(
    ("version", "outcome", "told"),
    [
        (b"ClamAV 1.4.1/27823/Mon Nov 23 09:10:00 2026", Outcome.OK, "datent du 23/11/2026 (n° 27823)"),
        (b"ClamAV 1.4.1/27001/Thu Oct  1 09:10:00 2026", Outcome.DOUBT, "les menaces récentes lui échappent"),
        (b"ClamAV 1.4.1", Outcome.DOUBT, "ne dit pas de quand datent"),
    ],
)
def test_an_antivirus_alive_says_how_old_its_signatures_are(version: bytes, outcome: Outcome, told: str) -> None:
    with _answering(ping=b"PONG", version=version) as address:
        report = ClamdClient(address, timeout=5).check(at=NOW)

    assert report.outcome is outcome
    assert told in report.findings[-1].sentence
    assert "ClamAV 1.4.1 répond." in [finding.sentence for finding in report.findings]


def test_something_else_on_that_port_is_told() -> None:
    with _answering(ping=b"220 mail", version=b"") as address:
        report = ClamdClient(address, timeout=5).check(at=NOW)

    assert "n’est pas un clamd" in report.findings[-1].sentence


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "unix:///absent/clamd.ctl"])
def test_an_antivirus_that_is_not_there_fails(address: str) -> None:
    report = ClamdClient(address, timeout=2).check(at=NOW)

    assert report.outcome is Outcome.FAILED
    assert report.findings[-1].remedy
