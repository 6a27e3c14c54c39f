"""A courier killed between the deposit and its record: one act at the préfecture, none lost (invariant I4)."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from hemicycle.demonstration.troupe import on_stage
from tests.journeys.holding_proxy import HoldingProxy

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0


@pytest.mark.journey
def test_a_courier_killed_after_the_deposit_leaves_one_act_at_the_prefecture(shared: Path, tmp_path: Path) -> None:
    with on_stage(tmp_path, delay=0.5) as troupe:
        troupe.enrol("president", given_name="Étienne", surname="Valmorin", organisation="Essai", title="Le Président")
        environment = {
            **os.environ,
            **troupe.environment(),
            "DJANGO_SETTINGS_MODULE": "hemicycle.config.settings.base",
            "HEMICYCLE_SECRET_KEY": "kill-test-" * 6,
            "HEMICYCLE_DATA": str(tmp_path),
            "HEMICYCLE_BLOBS": str(tmp_path / "blobs"),
            "HEMICYCLE_DATABASE_URL": f"sqlite:///{tmp_path / 'hemicycle.sqlite3'}",
            "HEMICYCLE_COURIER_LEASE": "2",
        }
        settle(shared / "corpus/affaires/07-02-voirie", environment)
        proxy = HoldingProxy(troupe.url("prefecture"), b"actes_transac_create.php")

        with courier({**environment, "HEMICYCLE_TDT_URL": proxy.url}) as first:
            assert proxy.held.wait(PATIENCE), "the deposit never reached the TdT"
            first.send_signal(signal.SIGKILL)
            first.wait()
        assert departure(tmp_path)[0] == "sending"
        proxy.close()
        with courier(environment):
            wait_until(lambda: stage(tmp_path) == "acknowledged")

        acts = httpx.get(f"{troupe.url('prefecture')}/ministere/actes.json").json()["actes"]
        assert [act["count"] for act in acts] == [1]
        state, tdt_id = departure(tmp_path)
        assert (state, bool(tdt_id)) == ("acknowledged", True)
        assert signed_sha256(tmp_path) in {d["sha256"] for d in acts[0]["documents"]}


def settle(affair: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "tests.journeys.settled", str(affair)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


@contextmanager
def courier(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "django", "run_couriers"], cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until(reached: object) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if reached():  # type: ignore[operator]
            return
        time.sleep(0.2)
    raise AssertionError("the state was never reached")


def row(folder: Path, query: str) -> tuple[object, ...]:
    with sqlite3.connect(folder / "hemicycle.sqlite3", timeout=20) as base:
        found = base.execute(query).fetchone()
    return tuple(found or ())


def stage(folder: Path) -> object:
    return row(folder, "SELECT stage FROM dossier_dossier")[0]


def departure(folder: Path) -> tuple[object, ...]:
    return row(folder, "SELECT state, tdt_id FROM transmission_departure")


def signed_sha256(folder: Path) -> object:
    return row(folder, "SELECT a.sha256 FROM signing_act s JOIN dossier_attachment a ON a.id = s.signed_id")[0]
