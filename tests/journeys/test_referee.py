"""The folders of both journeys, judged by tools that the project did not write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.playing import Played

pytestmark = pytest.mark.journey


def test_the_referee_finds_nothing_that_falls(journey: Played, shared: Path) -> None:
    referee = shared / "tools/referee"

    done = subprocess.run([sys.executable, str(referee), str(journey.out)], capture_output=True, text=True, timeout=300)

    assert [line for line in done.stdout.splitlines() if line.startswith("FALLS")] == []
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("holds  veraPDF") == 5
