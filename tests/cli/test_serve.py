"""`hemicycle serve`: the site answers, and what was started with it stops with it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.journeys.playing import COMMAND, environment, run

pytestmark = pytest.mark.journey

#: Seconds, on a machine that does something else too.
READY, STOPPED = 20.0, 15.0


@dataclass(frozen=True, kw_only=True)
class Site:
    process: subprocess.Popen[str]
    url: str
    data: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def parents() -> dict[int, int]:
    """Each running process and the one that started it (/proc/PID/stat, fourth field); zombies left out."""
    found = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            found[int(place.parent.name)] = int(fields[1])
    return found


def family(pid: int) -> set[int]:
    """The process and all that it started, directly or not."""
    known, of = {pid}, parents()
    while more := {child for child, parent in of.items() if parent in known} - known:
        known |= more
    return known


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    port, data = free_port(), tmp_path / "données du site"
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), "--data", str(data)],
        cwd=tmp_path,
        env=environment(HEMICYCLE_WEB_WORKERS="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield Site(process=process, url=f"http://127.0.0.1:{port}", data=data)
    for pid in family(process.pid) if process.poll() is None else ():
        os.kill(pid, signal.SIGKILL)
    process.communicate()


def first_page(site: Site) -> httpx.Response:
    limit = time.monotonic() + READY
    while True:
        assert site.process.poll() is None, "the site stopped by itself"
        try:
            return httpx.get(f"{site.url}/connexion", follow_redirects=True, timeout=10)
        except httpx.TransportError:
            assert time.monotonic() < limit, "the site did not answer in time"
            time.sleep(0.1)


def test_the_sign_in_page_answers_and_everything_stops_together(site: Site, tmp_path: Path) -> None:
    page = first_page(site)
    sheets = re.findall(r'<link[^>]+href="(/static/[^"]+\.css)', page.text)
    started = family(site.process.pid)

    assert (page.status_code, page.url.path.rstrip("/")) == (200, "/connexion")
    assert '<html lang="fr"' in page.text
    assert sheets
    assert {httpx.get(site.url + sheet).status_code for sheet in sheets} == {200}
    assert len(started) >= 3

    site.process.send_signal(signal.SIGTERM)
    said, _ = site.process.communicate(timeout=STOPPED)

    assert site.process.returncode == 0
    assert site.url in said
    assert "Traceback" not in said
    assert started & set(parents()) == set()
    assert "Traceback" not in "".join(log.read_text() for log in (site.data / "logs").iterdir())
    assert (site.data / "secret_key").stat().st_mode & 0o077 == 0
    assert {path.name for path in tmp_path.iterdir()} == {site.data.name}


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = run("serve", "--port", str(port), "--data", tmp_path / "data", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Le port {port} est déjà pris ; choisissez-en un autre avec --port.\n"


def test_a_data_folder_that_does_not_exist_is_made_and_one_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    refused = tmp_path / "fichier" / "var"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        made = run("serve", "--port", port, cwd=tmp_path, HEMICYCLE_DATA=str(tmp_path / "nouveau" / "var"))
        failed = run("serve", "--port", port, cwd=tmp_path, HEMICYCLE_DATA=str(refused))

    assert (tmp_path / "nouveau" / "var").is_dir() and "déjà pris" in made.stderr
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == f"Le dossier {refused} ne peut pas être créé ; choisissez-en un autre avec --data.\n"
