"""The journey of a dossier: where it has been, where it waits, what remains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from hemicycle.web.drawings.line import Stop, line_html
from hemicycle.web.drawings.marks import mark_svg

StationState = Literal["done", "current", "todo", "late", "stale", "refused", "waived", "emergency"]

#: What a screen reader hears after the name of the station.
WORDS: dict[StationState, str] = {
    "done": "Fait",
    "current": "En cours",
    "todo": "À venir",
    "late": "En retard",
    "stale": "À redonner",
    "refused": "Refusé",
    "waived": "Dispensé",
    "emergency": "En urgence",
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
    #: Documents of the station: (words, address), shown in its panel.
    links: tuple[tuple[str, str], ...] = ()

    @property
    def word(self) -> str:
        return WORDS[self.state]


def journey_html(stations: Sequence[Station], *, prefix: str = "parcours") -> SafeString:
    """Draw the journey. Two on one page need two prefixes. Nothing at all for an empty journey."""
    if not stations:
        return SafeString("")
    stops = [
        Stop(
            label=station.label,
            state=station.state,
            word=station.word,
            sub=station.sub,
            href=station.href,
            detail=station.detail,
            links=station.links,
        )
        for station in stations
    ]
    line = line_html(stops, name="Parcours du dossier", prefix=prefix, kind="journey")
    return _folded(line, stations, prefix=prefix)


def here(stations: Sequence[Station]) -> int:
    """The place, from 0, of the station where the dossier is: the first that waits, else the last passed."""
    for place, station in enumerate(stations):
        if station.state in ("current", "late"):
            return place
    passed = [place for place, station in enumerate(stations) if station.state != "todo"]
    return passed[-1] if passed else 0


def _folded(line: SafeString, stations: Sequence[Station], *, prefix: str) -> SafeString:
    """On a phone, where the dossier is and how far; the whole line opens over the page, by the browser alone."""
    place = here(stations)
    station = stations[place]
    return format_html(
        '<div class="journey-frame"><button type="button" class="journey-now" popovertarget="{id}-ligne">{mark}'
        '<span><b>{label}</b>{sub}<span class="far">étape {place} sur {count}, voir le parcours</span></span></button>'
        '<div class="journey-panel" id="{id}-ligne" popover>{line}'
        '<button type="button" class="btn plain small journey-close" popovertarget="{id}-ligne" '
        'popovertargetaction="hide">Fermer le parcours</button></div></div>',
        id=prefix,
        mark=mark_svg(station.state),
        label=station.label,
        sub=f" · {station.sub or WORDS[station.state].lower()}",
        place=place + 1,
        count=len(stations),
        line=line,
    )
