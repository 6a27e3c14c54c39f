"""A real `hemicycle serve --demonstration`, on free ports, with its simulators and its couriers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

#: The site, then préfecture, archive, certification, mail, SMTP: serving.run.PORTS.
PORTS = 6
#: Seconds that a loaded machine may take to open the site.
PATIENCE = 120


class NotOpen(Exception):
    """The site did not open; str() says why, with what it printed."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """Addresses of the running demonstration."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def mail(self) -> str:
        """Where the letters that left can be read."""
        return f"http://127.0.0.1:{self.port + 4}"


@contextmanager
def opened(folder: Path) -> Iterator[Site]:
    """The site with the fictional département, without its dossiers. Raises NotOpen."""
    site = Site(port=_free_ports(), folder=folder)
    said = folder / "said.txt"
    command = [sys.executable, "-m", "hemicycle.cli", "serve", "--demonstration", "--without-dossiers"]
    options = ["--port", str(site.port), "--data", str(folder / "data")]
    with said.open("wb") as output:
        process = subprocess.Popen(
            [*command, *options], stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=_environment()
        )
    try:
        _wait_until_open(process, said)
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=30)
        if process.poll() is None:
            process.kill()
            process.wait()


def _environment() -> dict[str, str]:
    """As from a terminal: the settings of the tests stay here."""
    ours = ("HEMICYCLE_", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "HEMICYCLE_WEB_WORKERS": "1", "PYTHONUNBUFFERED": "1"}


def _free_ports() -> int:
    """The first of PORTS ports in a row that nobody listens on; below the ephemeral ones, which come and go.

    Each worker of the suite looks in a range of its own: two sites that start together never choose the same.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw") or 0)
    start = 20_000 + 1_000 * worker + 10 * (os.getpid() % 50)
    for base in range(start, 20_000 + 1_000 * (worker + 1) - PORTS, PORTS):
        if all(_is_free(base + step) for step in range(PORTS)):
            return base
    raise NotOpen("no free ports in a row")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _wait_until_open(process: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        printed = said.read_text(encoding="utf-8")
        if "Hémicycle est ouvert" in printed and _answers(printed):
            return
        if process.poll() is not None:
            raise NotOpen(f"hemicycle serve stopped:\n{printed}")
        time.sleep(0.2)
    raise NotOpen(f"hemicycle serve is not open after {PATIENCE} s:\n{said.read_text(encoding='utf-8')}")


def _answers(printed: str) -> bool:
    """The site has said its address; its server takes a moment more to listen."""
    address = printed.rsplit("http://", 1)[1].split("/")[0]
    host, _, port = address.partition(":")
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, int(port))) == 0
