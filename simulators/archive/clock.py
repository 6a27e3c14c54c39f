"""The simulator's own time: it starts where it is told and runs at real speed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Clock:
    """A shift from real time."""

    shift: timedelta = timedelta()

    @classmethod
    def starting_at(cls, start: datetime | None) -> Clock:
        """A clock that shows start now; the real time when start is None. A naive start is taken as UTC."""
        if start is None:
            return cls()
        aware = start if start.tzinfo else start.replace(tzinfo=UTC)
        return cls(aware - datetime.now(UTC))

    def now(self) -> datetime:
        """The simulated instant, in UTC."""
        return datetime.now(UTC) + self.shift
