"""The journey's clock: set on the affair's own dates, then running at real speed."""

from __future__ import annotations

import datetime as dt
import time


class Clock:
    def __init__(self, start: dt.datetime) -> None:
        self._origin, self._mark = start, time.monotonic()

    def __call__(self) -> dt.datetime:
        return self._origin + dt.timedelta(seconds=time.monotonic() - self._mark)

    def go_to(self, moment: dt.datetime) -> None:
        """Jump forward to `moment`; never back."""
        self._origin, self._mark = max(moment, self()), time.monotonic()
