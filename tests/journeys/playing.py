"""Both affairs of the corpus, played once for the whole run, side by side, by the command itself."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "hemicycle.cli"]
VOIRIE, SPORT = "07-02-voirie", "13-01-sport-adapte"
#: What an affair of each name brings: the number of its act, and the partners told of it.
NUMBERS = {VOIRIE: "CD-2026-0001", SPORT: "CP-2026-0001"}


@dataclass(frozen=True, kw_only=True)
class Played:
    """A journey that was played, and the folder it left."""

    affair: str
    code: int
    told: str
    complaint: str
    seconds: float
    out: Path

    @property
    def number(self) -> str:
        return NUMBERS[self.affair]

    @property
    def steps(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((self.out / "journey.json").read_text())
        return found

    def events(self, name: str) -> list[dict[str, Any]]:
        return [step for step in self.steps if step["event"] == name]

    def json(self, name: str) -> Any:
        return json.loads((self.out / name).read_text())

    def only(self, pattern: str) -> Path:
        (found,) = self.out.glob(pattern)
        return found

    @property
    def signed(self) -> Path:
        return self.out / "act" / f"{self.number}.pdf"

    @property
    def stamped(self) -> Path:
        return self.out / "act" / f"{self.number}-tamponne.pdf"


def environment(**more: str) -> dict[str, str]:
    """The caller's, without a word of any installation of Hémicycle."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HEMICYCLE_", "DJANGO_"))}
    return {**clean, "PYTHONPATH": str(ROOT), **more}


def run(*arguments: str | Path, cwd: Path, timeout: float = 120, **more: str) -> subprocess.CompletedProcess[str]:
    """The command, from another folder than the repository's."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def played(shared: Path, factory: pytest.TempPathFactory) -> dict[str, Played]:
    """The journeys by affair; whoever asks first plays them, the other workers wait and read."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base / "journeys"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = folder / "played.json"
        if not said.exists():
            said.write_text(json.dumps(_play_both(shared, folder)))
        lines = json.loads(said.read_text())
    return {line["affair"]: Played(**{**line, "out": Path(line["out"])}) for line in lines}


def _play_both(shared: Path, folder: Path) -> list[dict[str, Any]]:
    """At the same time, as two agents would: one from its own folder into an earlier journey by a relative path,
    the other from a folder that cannot be written, on an affair whose path has spaces and accents."""
    corpus = shared / "corpus/affaires"
    moved = folder / "Délibérations à préparer" / "affaire n° 13-01"
    shutil.copytree(corpus / SPORT, moved)
    earlier = folder / "here" / "parcours"
    (earlier / "act").mkdir(parents=True)
    (earlier / "act" / "ANCIEN.pdf").write_bytes(b"earlier")
    (earlier / "journey.json").write_text("[]")
    elsewhere = folder / "Nouveau dossier" / "parcours é"
    schemas = {
        "HEMICYCLE_ACTES_XSD": str(shared / "norms/actes/xsd"),
        "HEMICYCLE_SEDA_XSD": str(shared / "norms/seda/xsd"),
        # Settings of some other installation: a journey must not see them.
        "HEMICYCLE_TDT_URL": "http://127.0.0.1:9",
        "HEMICYCLE_SECRET_KEY_FILE": "/nonexistent",
        "HEMICYCLE_DATABASE_URL": "sqlite:////nonexistent/base.sqlite3",
    }
    runs = [
        (VOIRIE, corpus / VOIRIE, Path("parcours"), folder / "here", earlier),
        (SPORT, moved, elsewhere, Path("/proc"), elsewhere),
    ]
    (folder / "temporary").mkdir()
    started = time.monotonic()
    processes = [
        subprocess.Popen(
            [*COMMAND, "journey", str(affair), "--out", str(out)],
            cwd=cwd,
            env=environment(**schemas, TMPDIR=str(folder / "temporary")),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _, affair, out, cwd, _ in runs
    ]
    lines = []
    for (name, *_, out), process in zip(runs, processes, strict=True):
        told, complaint = process.communicate(timeout=240)
        lines.append(
            {
                "affair": name,
                "code": process.returncode,
                "told": told,
                "complaint": complaint,
                "seconds": time.monotonic() - started,
                "out": str(out),
            }
        )
    return lines
