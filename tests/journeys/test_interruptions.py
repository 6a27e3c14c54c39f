"""A journey that is stopped leaves nothing behind: no simulator, no temporary file, no half-written folder."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.playing import COMMAND, environment

pytestmark = pytest.mark.journey

PATIENCE = 40.0
Journey = subprocess.Popen[str]


@pytest.fixture
def started(shared: Path, tmp_path: Path) -> Iterator[Journey]:
    """A journey in a session of its own, whose temporary files are its own too."""
    (tmp_path / "temporary").mkdir()
    process = subprocess.Popen(
        [*COMMAND, "journey", str(shared / "corpus/affaires/07-02-voirie"), "--out", str(tmp_path / "out")],
        cwd=tmp_path,
        env=environment(TMPDIR=str(tmp_path / "temporary")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    yield process
    for pid in of_session(process.pid):
        os.kill(pid, signal.SIGKILL)
    process.communicate()


def of_session(session: int) -> list[int]:
    """The processes of a session (/proc/PID/stat, sixth field), zombies left out."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(place.parent.name))
    return found


def wait_until(reached: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < limit, "the moment never came"
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", ["while the simulators start", "once the drafting has begun"])
def test_a_journey_that_is_stopped_leaves_nothing_behind(
    number: signal.Signals, moment: str, started: Journey, tmp_path: Path
) -> None:
    if moment == "while the simulators start":
        wait_until(lambda: len(of_session(started.pid)) > 2)
    else:
        assert started.stdout is not None
        assert "simulateurs" in started.stdout.readline()
        assert len(of_session(started.pid)) == 5

    started.send_signal(number)
    _, complaint = started.communicate(timeout=PATIENCE)

    assert started.returncode == 128 + number
    assert "Traceback" not in complaint
    assert of_session(started.pid) == []
    assert list((tmp_path / "temporary").iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"temporary"}
