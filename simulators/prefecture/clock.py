"""The simulator's own time: it starts where it is told and goes on at real speed."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


class Clock:
    def __init__(self, start: datetime | None) -> None:
        self._start = start or datetime.now(UTC)
        self._origin = time.monotonic()

    def now(self) -> datetime:
        """Aware, in Paris time: the dates of the préfecture are those of its wall clock."""
        return (self._start + timedelta(seconds=time.monotonic() - self._origin)).astimezone(PARIS)
