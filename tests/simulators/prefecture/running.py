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
    command = [sys.executable, "-m", "simulators.prefecture", "--port", "0", "--data", str(data), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield str(json.loads(process.stdout.readline())["url"])
        finally:
            if kill:
                process.kill()
            else:
                process.terminate()
            process.wait(timeout=15)
