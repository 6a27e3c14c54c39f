"""The simulated authority as the tests use it: a separate program on a free port."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def running(*arguments: str, data: Path | None = None) -> Iterator[str]:
    """The address of an authority that runs until the end of the block."""
    command = [sys.executable, "-m", "simulators.authority", "--port", "0", *arguments]
    if data is not None:
        command += ["--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as program:
        assert program.stdout is not None
        try:
            yield json.loads(program.stdout.readline())["url"]
        finally:
            program.terminate()
            program.wait(10)
