"""What can have happened to the outside systems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class CheckAsked:
    """Someone wishes to know whether a system works; a courier goes and sees."""

    name: ClassVar[str] = "connectors.check_asked"
    check: int
    system: str


@dataclass(frozen=True, kw_only=True)
class CheckRecorded:
    """What a test found, when someone asked for it or when it is not what the one before found."""

    name: ClassVar[str] = "connectors.check_recorded"
    system: str
    #: ok, doubt, failed.
    outcome: str
    #: The titles of what fails.
    failing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AlarmRaised:
    """The administrators are to be told, once."""

    name: ClassVar[str] = "connectors.alarm_raised"
    alarm: int
    system: str
    #: failing, expiring.
    kind: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class AlarmTold:
    """An administrator was written to."""

    name: ClassVar[str] = "connectors.alarm_told"
    system: str
    to: str
    message_id: str


@dataclass(frozen=True, kw_only=True)
class AlarmSettled:
    """The system works again, or the certificate was replaced."""

    name: ClassVar[str] = "connectors.alarm_settled"
    system: str
    kind: str
    sentence: str
