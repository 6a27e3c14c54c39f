"""A test of the archive, against the simulator and against platforms that do not work."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from hemicycle.gateways.archive.client import VitamClient
from hemicycle.gateways.checks import Outcome, Report, Use
from tests.gateways.authorities import NOW, a_tls_server, an_authority, issued_by
from tests.simulators.archive.running import running_archive


def _checked(url: str, **options: object) -> Report:
    with closing(VitamClient(url, access_contract="AC-000001", timeout=5, **options)) as client:  # type: ignore[arg-type]
        return client.check(at=NOW)


@contextmanager
def _platform(code: int, body: object) -> Iterator[str]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(code)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_the_platform_is_tested_without_any_deposit(tmp_path: Path) -> None:
    with running_archive(tmp_path) as url:
        report = _checked(url)
        deposits = httpx.get(f"{url}/simulateur/depots.json").json()

    assert report.outcome is Outcome.OK
    assert "admet le contrat « AC-000001 » sur le tenant 0" in report.findings[-1].sentence
    assert deposits == []


@pytest.mark.parametrize(
    ("code", "body", "told"),
    [
        (401, {}, "n’admet pas notre certificat, ou le contrat « AC-000001 »"),
        (403, {}, "n’admet pas notre certificat"),
        (412, {"message": "tenant"}, "refuse le contrat « AC-000001 » ou le tenant 0"),
        (500, {}, "en erreur (code 500)"),
        (404, {}, "n’est pas une plateforme Vitam"),
        (200, {"autre": "chose"}, "n’est pas une plateforme Vitam"),
        (200, ["liste"], "n’est pas une plateforme Vitam"),
    ],
)
def test_what_the_platform_refuses_is_told_with_its_remedy(code: int, body: object, told: str) -> None:
    with _platform(code, body) as url:
        report = _checked(url)

    assert report.outcome is Outcome.FAILED
    assert told in report.findings[-1].sentence
    assert report.findings[-1].remedy


def test_a_platform_that_wants_another_certificate_says_so(tmp_path: Path) -> None:
    ours, theirs = an_authority(), an_authority("La leur")
    trusted, _ = ours.write(tmp_path, "trusted")
    certificate, key = issued_by(ours, "Département").write(tmp_path, "client")

    with a_tls_server(tmp_path, issued_by(ours), wants=theirs) as port:
        report = _checked(f"https://127.0.0.1:{port}", verify=trusted, certificate=certificate, key=key)

    assert "refuse notre certificat" in report.findings[-1].sentence
    assert {certificate.use for certificate in report.certificates} == {Use.CLIENT, Use.SERVER}


def test_a_client_certificate_that_has_expired_is_told(tmp_path: Path) -> None:
    ours = an_authority()
    trusted, _ = ours.write(tmp_path, "trusted")
    certificate, key = issued_by(ours, "Département", days=-2).write(tmp_path, "client")

    with a_tls_server(tmp_path, issued_by(ours)) as port:
        report = _checked(f"https://127.0.0.1:{port}", verify=trusted, certificate=certificate, key=key)

    assert report.outcome is Outcome.FAILED
    assert "« Département » a expiré" in report.findings[-1].sentence
