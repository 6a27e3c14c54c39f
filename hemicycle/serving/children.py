"""The programs of the site: started together, watched, started again when one falls, stopped together."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

#: A program that falls this many times in a minute will not stand.
MAX_FALLS = 5


class Children:
    def __init__(self, *, log: Path) -> None:
        self._log = log
        self._commands: dict[str, list[str]] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._falls: dict[str, list[float]] = {}
        self._stop = threading.Event()

    def __enter__(self) -> Children:
        self._log.mkdir(parents=True, exist_ok=True)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            if process.poll() is None:
                process.kill()

    def start(self, name: str, command: list[str]) -> None:
        """Start a program; what it prints goes to its own log."""
        self._commands[name] = command
        with (self._log / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def watch(self) -> int:
        """Stay until stopped. Returns 0, or 1 when a program keeps falling."""
        while not self._stop.wait(0.5):
            for name, process in list(self._running.items()):
                if process.poll() is None:
                    continue
                falls = [t for t in self._falls.get(name, []) if time.monotonic() - t < 60] + [time.monotonic()]
                self._falls[name] = falls
                if len(falls) >= MAX_FALLS:
                    sys.stderr.write(f"« {name} » ne tient pas ; voyez {self._log / name}.log.\n")
                    return 1
                self.start(name, self._commands[name])
        return 0
