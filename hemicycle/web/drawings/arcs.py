"""Where the seats of a hemicycle stand: concentric half-circles, evenly filled."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

WIDTH = 520
HEIGHT = 296
CENTRE = WIDTH // 2
BASE = HEIGHT - 44
OUTER = 208
INNER = 122


@dataclass(frozen=True, kw_only=True)
class Place:
    x: float
    y: float
    #: In radians, from pi (far left) to 0 (far right).
    angle: float


def places(count: int) -> list[Place]:
    """Give `count` places from left to right, so that neighbours in the list are neighbours in the room."""
    radii = _radii(count)
    found: list[tuple[float, float]] = []
    for radius, seats in zip(radii, _shares(count, radii), strict=True):
        step = pi / (seats - 1) if seats > 1 else 0
        found += [(pi - place * step if seats > 1 else pi / 2, radius) for place in range(seats)]
    found.sort(key=lambda seat: (-seat[0], seat[1]))
    return [_place(angle=angle, radius=radius) for angle, radius in found]


def point(*, radius: float, angle: float) -> tuple[float, float]:
    """Turn a radius and an angle into a point of the drawing."""
    return CENTRE + radius * cos(angle), BASE - radius * sin(angle)


def arc_path(*, radius: float, start: float, end: float) -> str:
    """Write the SVG path of an arc, from the left angle `start` to the right angle `end`.

    A group of one still gets a visible arc.
    """
    if start - end < 0.06:
        start, end = start + 0.03, end - 0.03
    (x1, y1), (x2, y2) = point(radius=radius, angle=start), point(radius=radius, angle=end)
    return f"M{x1:.1f} {y1:.1f}A{radius} {radius} 0 0 1 {x2:.1f} {y2:.1f}"


def _place(*, angle: float, radius: float) -> Place:
    x, y = point(radius=radius, angle=angle)
    return Place(x=x, y=y, angle=angle)


def _radii(count: int) -> list[float]:
    rows = 1 if count < 8 else 2 if count < 20 else 3 if count < 60 else 4
    if rows == 1:
        return [OUTER - 20]
    step = (OUTER - INNER) / (rows - 1)
    return [INNER + step * row for row in range(rows)]


def _shares(count: int, radii: list[float]) -> list[int]:
    """Share the seats between the rows in proportion to their length; the longest rows take the remainder."""
    total = sum(radii)
    shares = [int(count * radius / total) for radius in radii]
    for row in range(count - sum(shares)):
        shares[-1 - row % len(shares)] += 1
    return shares
