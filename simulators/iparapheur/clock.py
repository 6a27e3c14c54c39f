"""The parapheur's own clock, which a journey may set on another date."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that starts at a chosen instant and then advances at real speed."""

    def __init__(self, start: datetime | None = None) -> None:
        self._shift = timedelta(0) if start is None else start.astimezone(UTC) - datetime.now(UTC)
        self._origin = time.monotonic()
        self._start = datetime.now(UTC) + self._shift

    def now(self) -> datetime:
        """The parapheur's present, in UTC."""
        return self._start + timedelta(seconds=time.monotonic() - self._origin)
