"""Starting the préfecture simulator as the program it is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def running_prefecture(data: Path, *options: str, kill: bool = False) -> Iterator[str]:
    """The simulator's address, for as long as the block lasts; stopped by SIGTERM, or by SIGKILL on demand."""
    with running_town(data, *options, kill=kill) as addresses:
        yield addresses["url"]


@contextmanager
def running_town(data: Path, *options: str, kill: bool = False) -> Iterator[dict[str, str]]:
    """All that the simulator says of itself when it is ready."""
    command = [sys.executable, "-m", "simulators.prefecture", "--port", "0", "--data", str(data), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())
        finally:
            if kill:
                process.kill()
            else:
                process.terminate()
            process.wait(timeout=15)
