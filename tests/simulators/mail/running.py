"""The mail sink as the tests use it: a separate program on free ports."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, kw_only=True)
class Addresses:
    url: str
    host: str
    port: int
    #: Empty without a certificate.
    imap: str = ""


@contextmanager
def running(*arguments: str, data: Path | None = None) -> Iterator[Addresses]:
    """The addresses of a sink that runs until the end of the block."""
    command = [sys.executable, "-m", "simulators.mail", "--port", "0", *arguments]
    if data is not None:
        command += ["--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as program:
        assert program.stdout is not None
        try:
            ready = json.loads(program.stdout.readline())
            host, _, port = ready["smtp"].rpartition(":")
            yield Addresses(url=ready["url"], host=host, port=int(port), imap=ready.get("imap", ""))
        finally:
            program.terminate()
            program.wait(10)
