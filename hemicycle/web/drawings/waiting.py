"""Where dossiers wait: one small chart per direction, all on the same scale, so that they compare at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: Of one small chart, in its own units.
WIDTH, HEIGHT, BAR, GAP, ABOVE, BELOW = 180, 78, 24, 6, 12, 12


@dataclass(frozen=True, kw_only=True)
class Place:
    """A stretch of the chain."""

    key: str
    #: « en visas », and what fits under a bar.
    label: str
    short: str


@dataclass(frozen=True, kw_only=True)
class Load:
    """What waits in one direction."""

    name: str
    #: By key of place.
    counts: dict[str, int]
    #: Among those in visas.
    late: int = 0
    href: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def waiting_html(loads: Sequence[Load], places: Sequence[Place], *, late_in: str) -> SafeString:
    """One chart per direction, then the same facts in a table. `late_in`: key of the place that may be late."""
    if not loads:
        return SafeString("")
    most = max([1, *(load.counts.get(place.key, 0) for load in loads for place in places)])
    charts = format_html_join("", "<li>{}</li>", ((_chart(load, places, most, late_in),) for load in loads))
    return format_html(
        '<div class="drawing"><ul class="multiples">{}</ul><ul class="legend">'
        '<li><span class="swatch swatch--load"></span>dossiers en cours</li>'
        '<li><span class="swatch swatch--late"></span>dont en retard</li></ul>{}</div>',
        charts,
        _table(loads, places),
    )


def _chart(load: Load, places: Sequence[Place], most: int, late_in: str) -> SafeString:
    bars = format_html_join(
        "",
        "{}",
        (
            (_bar(rank, place, load.counts.get(place.key, 0), most, load.late if place.key == late_in else 0),)
            for rank, place in enumerate(places)
        ),
    )
    words = ", ".join(f"{load.counts.get(p.key, 0)} {p.label}" for p in places if load.counts.get(p.key))
    late = f" dont {load.late} en retard" if load.late else ""
    name = format_html('<a href="{}">{}</a>', load.href, load.name) if load.href else format_html("{}", load.name)
    return format_html(
        '<p class="multiple-name">{} <span class="count">{}</span></p>'
        '<svg class="picture" viewBox="0 0 {} {}" role="img"><title>{} : {}{}</title>{}</svg>',
        *(name, load.total, WIDTH, HEIGHT, load.name, words, late, bars),
    )


def _bar(rank: int, place: Place, count: int, most: int, late: int) -> SafeString:
    room = HEIGHT - ABOVE - BELOW
    height = room * count / most if count else 0
    height = max(height, 1.5) if count else 0.0
    left, floor = rank * (BAR + GAP) + GAP / 2, HEIGHT - BELOW
    middle = left + BAR / 2
    late_height = height * min(late, count) / count if count else 0.0
    return format_html(
        '<line class="axis" x1="{l}" x2="{r}" y1="{f}" y2="{f}"/>'
        '<rect class="load" x="{l}" y="{top}" width="{w}" height="{h}"/>'
        '<rect class="load--late" x="{l}" y="{late_top}" width="{w}" height="{late_h}"/>'
        '<text class="tick" x="{m}" y="{under}">{short}</text>{figure}',
        l=f"{left:.1f}",
        r=f"{left + BAR:.1f}",
        f=f"{floor:.1f}",
        top=f"{floor - height:.1f}",
        w=BAR,
        h=f"{height:.1f}",
        late_top=f"{floor - late_height:.1f}",
        late_h=f"{late_height:.1f}",
        m=f"{middle:.1f}",
        under=HEIGHT - 2,
        short=place.short,
        figure=format_html(
            '<text class="figure" x="{}" y="{}">{}</text>', f"{middle:.1f}", f"{floor - height - 3:.1f}", count
        )
        if count
        else "",
    )


def _table(loads: Sequence[Load], places: Sequence[Place]) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((place.label,) for place in places))
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}<td>{}</td><td>{}</td></tr>',
        (
            (
                load.name,
                format_html_join("", "<td>{}</td>", ((load.counts.get(p.key, 0),) for p in places)),
                load.late,
                load.total,
            )
            for load in loads
        ),
    )
    return format_html(
        '<details><summary>En chiffres</summary><div class="table-scroll" tabindex="0" role="region" '
        'aria-label="Dossiers en cours par direction"><table><thead><tr><th scope="col">Direction</th>{}'
        '<th scope="col">en retard</th><th scope="col">en tout</th></tr></thead>'
        "<tbody>{}</tbody></table></div></details>",
        head,
        rows,
    )
