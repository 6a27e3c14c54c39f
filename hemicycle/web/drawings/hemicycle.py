"""The hemicycle, drawn from the real seats: groups from left to right, presence, proxies, votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hemicycle.web.drawings.arcs import BASE, CENTRE, HEIGHT, WIDTH, Place, arc_path, places, point
from hemicycle.web.drawings.marks import mark_svg

Presence = Literal["present", "proxy", "absent", "excused"]
VoteValue = Literal["for", "against", "abstention", "no_part"]

RADIUS = 11
VOTE_KINDS = get_args(VoteValue)
WORDS = {
    "for": ("pour", "pour"),
    "against": ("contre", "contre"),
    "abstention": ("abstention", "abstentions"),
    "no_part": ("ne prend pas part", "ne prennent pas part"),
    "present": ("présent", "présents"),
    "proxy": ("pouvoir", "pouvoirs"),
    "absent": ("absent", "absents"),
    "excused": ("excusé", "excusés"),
}
_BODIES = {
    "against": '<path class="seat-body" d="M0-12 12 0 0 12-12 0z"/>',
    "abstention": '<circle class="seat-body" r="9"/>',
    "no_part": '<rect class="seat-body" x="-9" y="-9" width="18" height="18"/>',
    "absent": '<path class="seat-line" d="m-5-5 10 10m0-10-10 10"/>',
    "excused": '<path class="seat-line" d="M-6 0H6"/>',
}
_DISC = f'<circle class="seat-body" r="{RADIUS}"/>'


@dataclass(frozen=True, kw_only=True)
class Seat:
    """An elected member in the room, at one moment."""

    name: str
    group: str
    #: "proxy": absent, but someone votes in this member's name.
    state: Presence
    vote: VoteValue | None = None
    president: bool = False

    @property
    def kind(self) -> str:
        """What the seat shows first: the vote once given, else the presence."""
        return self.vote or self.state


def hemicycle_html(seats: Sequence[Seat], groups: Sequence[str]) -> SafeString:
    """Draw the seats, their legend, and the same facts as a table to unfold.

    `groups` gives the order from left to right; a seat of a group not named there raises ValueError.
    """
    if not seats:
        return format_html('<p class="muted">{}</p>', "Aucun siège à montrer.")
    ordered = _by_group(seats, groups)
    where = places(len(ordered))
    return format_html(
        '<div class="drawing hemicycle"><svg class="picture" viewBox="0 0 {} {}" role="img">'
        "<title>{}</title>{}{}{}</svg>{}{}{}</div>",
        WIDTH,
        HEIGHT,
        summary(seats),
        _groups_drawn(ordered, where, groups),
        format_html_join("", "{}", ((_seat(seat, place),) for seat, place in zip(ordered, where, strict=True))),
        _centre(seats),
        _legend(seats),
        _groups_named(seats, groups),
        _table(ordered),
    )


def summary(seats: Sequence[Seat]) -> str:
    """Say the picture in one sentence."""
    return "Hémicycle : " + ", ".join(f"{number} {word}" for _, number, word in _counts(seats)) + "."


def _by_group(seats: Sequence[Seat], groups: Sequence[str]) -> list[Seat]:
    rank = {group: place for place, group in enumerate(groups)}
    strangers = sorted({seat.group for seat in seats} - rank.keys())
    if strangers:
        raise ValueError(f"Groupe sans place dans l’hémicycle : {', '.join(strangers)}.")
    return sorted(seats, key=lambda seat: rank[seat.group])


def _counts(seats: Sequence[Seat]) -> list[tuple[str, int, str]]:
    """Kind, number and word, votes first. Proxies are counted as such whether or not they have voted."""
    shown = Counter(seat.kind for seat in seats)
    shown["proxy"] = sum(seat.state == "proxy" for seat in seats)
    return [(kind, shown[kind], words[shown[kind] > 1]) for kind, words in WORDS.items() if shown[kind]]


def _seat(seat: Seat, place: Place) -> SafeString:
    body = mark_safe(_BODIES.get(seat.kind, _DISC))  # noqa: S308 - constants of this module
    letter = mark_safe('<text class="seat-letter" y="4">P</text>') if seat.state == "proxy" else ""
    ring = mark_safe(f'<circle class="seat-president" r="{RADIUS + 4}"/>') if seat.president else ""  # noqa: S308
    return format_html(
        '<g class="seat seat--{}" transform="translate({} {})"><title>{}</title>{}{}{}</g>',
        seat.kind,
        f"{place.x:.1f}",
        f"{place.y:.1f}",
        ", ".join(_facts(seat)),
        ring,
        body,
        letter,
    )


def _facts(seat: Seat) -> list[str]:
    facts = [f"{seat.name} (préside)" if seat.president else seat.name, seat.group, WORDS[seat.state][0]]
    return [*facts, WORDS[seat.vote][0]] if seat.vote else facts


def _groups_drawn(ordered: Sequence[Seat], where: Sequence[Place], groups: Sequence[str]) -> SafeString:
    """An arc and a number over each group; the numbers are named under the drawing."""
    drawn: list[tuple[str, str, str, int]] = []
    for rank, group in enumerate(groups, start=1):
        angles = [place.angle for seat, place in zip(ordered, where, strict=True) if seat.group == group]
        if angles:
            x, y = point(radius=244, angle=(max(angles) + min(angles)) / 2)
            drawn.append((arc_path(radius=229, start=max(angles), end=min(angles)), f"{x:.1f}", f"{y + 4:.1f}", rank))
    return format_html_join(
        "", '<path class="group-arc" d="{}"/><text class="group-rank" x="{}" y="{}">{}</text>', drawn
    )


def _centre(seats: Sequence[Seat]) -> SafeString:
    votes = [
        (number, word) for kind, number, word in _counts(seats) if kind in ("for", "against", "abstention", "no_part")
    ]
    shown = votes or [(sum(seat.state == "present" for seat in seats), "présents")]
    first, *others = [f"{number} {word}" for number, word in shown]
    if not votes:
        others = [f"sur {len(seats)} sièges"]
    return format_html(
        '<text class="great" x="{}" y="{}">{}</text><text class="less" x="{}" y="{}">{}</text>',
        CENTRE,
        BASE + 4,
        first,
        CENTRE,
        BASE + 36,
        " · ".join(others),
    )


def _legend(seats: Sequence[Seat]) -> SafeString:
    entries = [(mark_svg(kind), number, word) for kind, number, word in _counts(seats)]
    president = next((seat.name for seat in seats if seat.president), None)
    chair = format_html("<li>{}<span>préside : {}</span></li>", mark_svg("president"), president) if president else ""
    items = format_html_join("", "<li>{}<span><b>{}</b> {}</span></li>", entries)
    return format_html('<ul class="legend">{}{}</ul>', items, chair)


def _groups_named(seats: Sequence[Seat], groups: Sequence[str]) -> SafeString:
    sizes = Counter(seat.group for seat in seats)
    rows = [(rank, group, sizes[group]) for rank, group in enumerate(groups, start=1) if sizes[group]]
    items = format_html_join("", '<li><span class="rank">{}</span><span>{} ({})</span></li>', rows)
    return format_html('<ul class="legend" aria-label="Groupes, de gauche à droite">{}</ul>', items)


def _table(ordered: Sequence[Seat]) -> SafeString:
    rows = (
        (seat.name, seat.group, WORDS[seat.state][0], WORDS[seat.vote][0] if seat.vote else "–") for seat in ordered
    )
    body = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>', rows)
    return format_html(
        "<details><summary>Lire siège par siège</summary><table><thead><tr>"
        '<th scope="col">Nom</th><th scope="col">Groupe</th><th scope="col">Présence</th><th scope="col">Vote</th>'
        "</tr></thead><tbody>{}</tbody></table></details>",
        body,
    )
