"""The outside world of the demonstration: the simulators as programs of their own, and their addresses.

Nothing here is known of the product but environment variables: the real systems are swapped in by their addresses.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import httpx

TDT_LOGIN, TDT_PASSWORD = "hemicycle", "hemicycle"
#: Name of the organisation's own key.
SEAL = "cachet"


class NotReady(Exception):
    """A simulator did not start; str() is a French sentence."""


@dataclass(kw_only=True)
class Troupe:
    """The simulators that run, with the line by which each said that it was ready."""

    folder: Path
    siren: str = "229999990"
    ready: dict[str, dict[str, Any]] = field(default_factory=dict)
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """The settings by which Hémicycle finds them."""
        smtp_host, _, smtp_port = str(self.ready["mail"]["smtp"]).rpartition(":")
        return {
            "HEMICYCLE_TDT_URL": str(self.ready["prefecture"]["url"]),
            "HEMICYCLE_TDT_LOGIN": TDT_LOGIN,
            "HEMICYCLE_TDT_PASSWORD": TDT_PASSWORD,
            "HEMICYCLE_SAE_URL": str(self.ready["archive"]["url"]),
            "HEMICYCLE_TSA_URL": str(self.ready["authority"]["tsa"]),
            "HEMICYCLE_SMTP_HOST": smtp_host,
            "HEMICYCLE_SMTP_PORT": smtp_port,
            "HEMICYCLE_SIGNATURE_KEYS": str(self.folder / "keys"),
            "HEMICYCLE_SIGNATURE_TRUST": str(self.folder / "keys" / "root.pem"),
            "HEMICYCLE_SEAL_KEY": SEAL if (self.folder / "keys" / f"{SEAL}.p12").exists() else "",
        }

    def url(self, name: str) -> str:
        return str(self.ready[name]["url"])

    def enrol(self, key_name: str, *, given_name: str, surname: str, organisation: str, title: str) -> None:
        """Obtain a certificate for a signatory and lay it in the folder of keys, unless it is there."""
        names = {"common_name": f"{given_name} {surname}", "given_name": given_name, "surname": surname}
        self._certify(key_name, {**names, "organisation": organisation, "title": title, "kind": "person"})

    def enrol_seal(self, organisation: str) -> None:
        """The organisation's own key, by which its copies are sealed from then on."""
        names = {"common_name": organisation, "organisation": organisation}
        self._certify(SEAL, {**names, "siren": self.siren, "kind": "seal"})

    def _certify(self, key_name: str, asked: Mapping[str, str]) -> None:
        keys = self.folder / "keys"
        keys.mkdir(parents=True, exist_ok=True)
        place = keys / f"{key_name}.p12"
        if place.exists():
            return
        url = self.url("authority")
        answer = httpx.post(f"{url}/enrol", json=asked, timeout=60)
        answer.raise_for_status()
        enrolled = answer.json()
        place.write_bytes(base64.b64decode(enrolled["pkcs12"]))
        place.with_suffix(".pass").write_text(enrolled["passphrase"], encoding="utf-8")
        for secret in (place, place.with_suffix(".pass")):
            secret.chmod(0o600)
        (keys / "root.pem").write_bytes(httpx.get(f"{url}/root.pem", timeout=30).content)

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            if process.poll() is None:
                process.kill()
            if process.stdout:
                process.stdout.close()


@contextmanager
def on_stage(
    folder: Path,
    *,
    now: dt.datetime | None = None,
    ports: Mapping[str, int] | None = None,
    delay: float = 2.0,
    siren: str = "229999990",
    departement: str = "099",
) -> Iterator[Troupe]:
    """Start the four simulators, side by side, and stop them at the end.

    `now`: where their clocks start (a journey is played on its own dates). `ports`: fixed ones by name; free ones
    otherwise. `delay`: seconds before the préfecture and the archive answer. Raises NotReady.
    """
    troupe = Troupe(folder=folder, siren=siren)
    wanted = ports or {}
    clock = ["--now", now.isoformat()] if now else []
    options: dict[str, list[str]] = {
        "authority": [],
        "mail": ["--smtp-port", str(wanted.get("smtp", 0))],
        "prefecture": [
            *("--siren", siren, "--departement", departement, "--delay", str(delay)),
            *("--login", TDT_LOGIN, "--password", TDT_PASSWORD),
        ],
        "archive": ["--delay", str(delay / 2)],
    }
    try:
        # In a thread, which no signal interrupts: a simulator that starts is always one that can be stopped.
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(_start_all, troupe, options, wanted, clock).result()
        for name, process in zip(options, troupe.processes, strict=True):
            troupe.ready[name] = _ready(name, process)
        yield troupe
    finally:
        troupe.stop()


def _start_all(troupe: Troupe, options: Mapping[str, list[str]], ports: Mapping[str, int], clock: list[str]) -> None:
    for name, own in options.items():
        data = troupe.folder / "simulators" / name
        data.mkdir(parents=True, exist_ok=True)
        port = ["--port", str(ports.get(name, 0)), "--data", str(data)]
        troupe.processes.append(_start(name, [*port, *clock, *own], log=troupe.folder / "simulators" / f"{name}.log"))


def _start(name: str, options: list[str], *, log: Path) -> subprocess.Popen[str]:
    with log.open("ab") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", f"simulators.{name}", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )


def _ready(name: str, process: subprocess.Popen[str]) -> dict[str, Any]:
    line = _first_line(process.stdout)
    try:
        ready: dict[str, Any] = json.loads(line)
    except ValueError as error:
        raise NotReady(
            f"Le simulateur « {name} » n’a pas démarré ; voyez son journal (simulators/{name}.log)."
        ) from error
    return ready


def _first_line(stream: IO[str] | None) -> str:
    # The pipe closes when the program dies: a simulator that fails cannot make us wait.
    return stream.readline() if stream is not None else ""
