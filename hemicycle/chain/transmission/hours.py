"""When acts may leave: hours of sending and announced maintenances. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
#: How many times a wait may lead to another before it is left as it is.
_STEPS = 60


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Why nothing leaves for now."""

    until: dt.datetime
    #: In French, to be read after « L’envoi attend ».
    why: str


def closed(
    at: dt.datetime,
    *,
    spans: Mapping[int, tuple[dt.time, dt.time]],
    stops: Iterable[tuple[dt.datetime, dt.datetime, str]] = (),
) -> Closed | None:
    """The next moment when something may leave, or None when it may now.

    `spans`: weekday (1 Monday … 7) → from, to, local time; none at all: any hour. `stops`: from, to, reason.
    """
    planned = list(stops)
    moment, why = at, ""
    for _ in range(_STEPS):
        stop = next(((end, reason) for start, end, reason in planned if start <= moment < end), None)
        if stop is not None:
            moment, why = stop[0], why or f"la fin de la maintenance annoncée ({stop[1]})"
            continue
        opening = _opening(moment, spans)
        if opening == moment:
            break
        moment, why = opening, why or "l’ouverture des heures d’envoi"
    return Closed(until=moment, why=why) if moment > at else None


def _opening(moment: dt.datetime, spans: Mapping[int, tuple[dt.time, dt.time]]) -> dt.datetime:
    """That moment when it is within the hours, or the next opening."""
    if not spans:
        return moment
    local = moment.astimezone(PARIS)
    for ahead in range(8):
        day = local.date() + dt.timedelta(days=ahead)
        span = spans.get(day.isoweekday())
        if span is None:
            continue
        opens, closes = (dt.datetime.combine(day, hour, tzinfo=PARIS) for hour in span)
        if local < opens:
            return opens
        if local < closes:
            return moment
    return moment
