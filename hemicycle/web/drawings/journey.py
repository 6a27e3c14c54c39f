"""The journey of a dossier: where it has been, where it waits, what remains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from hemicycle.web.drawings.line import Stop, line_html

StationState = Literal["done", "current", "todo", "late", "stale", "refused"]

#: What a screen reader hears after the name of the station.
WORDS: dict[StationState, str] = {
    "done": "Fait",
    "current": "En cours",
    "todo": "À venir",
    "late": "En retard",
    "stale": "À redonner",
    "refused": "Refusé",
}


@dataclass(frozen=True, kw_only=True)
class Station:
    """One step of the journey, with the words to show."""

    label: str
    state: StationState
    #: Short: a date, "attendu", "à redonner".
    sub: str = ""
    #: Where the station opens (an entry of the journal, the sitting, the act).
    href: str | None = None
    #: Who, when, in whose name, on which version, with which comment; opens in a panel on a click.
    detail: str = ""


def journey_html(stations: Sequence[Station], *, prefix: str = "parcours") -> SafeString:
    """Draw the journey. Two on one page need two prefixes. Nothing at all for an empty journey."""
    if not stations:
        return SafeString("")
    stops = [
        Stop(
            label=station.label,
            state=station.state,
            word=WORDS[station.state],
            sub=station.sub,
            href=station.href,
            detail=station.detail,
        )
        for station in stations
    ]
    return line_html(stops, name="Parcours du dossier", prefix=prefix, kind="journey")
