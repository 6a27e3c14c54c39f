"""Where a passage stands: visas given, stale or missing, and its deadlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from hemicycle.workflow.passage import Passage, Visa, current

VisaState = Literal["given", "stale", "awaited", "missing"]


@dataclass(frozen=True, kw_only=True)
class VisaStatus:
    """One required visa and where it stands."""

    role: str
    why: str
    #: "stale": given on an older version. "awaited": its station is the current one. "missing": still to come.
    state: VisaState
    visas: tuple[Visa, ...]


def stale(passage: Passage, *, version: str) -> tuple[Visa, ...]:
    """The visas given on another version than the current one (digests compared)."""
    return tuple(visa for visa in passage.visas if visa.digest != version)


def required_status(passage: Passage, *, version: str) -> tuple[VisaStatus, ...]:
    """Every required visa, in order, with its state against the current version."""
    rank = current(passage)
    here = passage.stations[rank].step.role if rank is not None else None
    statuses = []
    for required in passage.required:
        given = tuple(visa for visa in passage.visas if passage.stations[visa.station].step.role == required.role)
        state: VisaState = "missing"
        if here == required.role:
            state = "awaited"
        elif given:
            state = "given" if all(visa.digest == version for visa in given) else "stale"
        statuses.append(VisaStatus(role=required.role, why=required.why, state=state, visas=given))
    return tuple(statuses)


def entered_at(passage: Passage) -> datetime:
    """Since when the current station is awaited: the end of the one before, or the last move."""
    rank = current(passage)
    before = [visa.at for visa in passage.visas if rank is None or visa.station < rank]
    return max([passage.moved_at, *before])


def due_on(entered: date, days: int, *, working: Callable[[date], bool]) -> date:
    """The working day by which an answer is expected, `days` working days after `entered`, excluded.

    `working` says whether a day is worked.
    """
    day = entered
    while days > 0:
        day += timedelta(days=1)
        if working(day):
            days -= 1
    return day


def deadline(passage: Passage, *, working: Callable[[date], bool]) -> date | None:
    """The day the current station is expected to answer by; None without current station or delay.

    Days are those of the times given: pass local times to count local days.
    """
    rank = current(passage)
    if rank is None or passage.stations[rank].step.days == 0:
        return None
    return due_on(entered_at(passage).date(), passage.stations[rank].step.days, working=working)


def overdue(passage: Passage, *, on: date, working: Callable[[date], bool]) -> bool:
    """Whether the current station is late that day."""
    limit = deadline(passage, working=working)
    return limit is not None and on > limit


def working_days(first: date, last: date, *, working: Callable[[date], bool]) -> int:
    """Working days after `first`, up to `last` included."""
    return sum(1 for n in range(1, (last - first).days + 1) if working(first + timedelta(days=n)))
