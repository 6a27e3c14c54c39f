"""The result of a ballot as one bar, with its words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hemicycle.web.drawings.marks import mark_svg

#: Width of the drawing in its own units; the bar stretches to the width of the page.
WIDTH = 1000
GAP = 4

WORDS: tuple[tuple[str, str, str], ...] = (
    ("for", "voix pour", "voix pour"),
    ("against", "voix contre", "voix contre"),
    ("abstention", "abstention", "abstentions"),
    ("no_part", "ne prend pas part au vote", "ne prennent pas part au vote"),
)


@dataclass(frozen=True, kw_only=True)
class Votes:
    """How many voices, proxies included, on each side."""

    in_favour: int
    against: int
    abstention: int = 0
    no_part: int = 0

    def __post_init__(self) -> None:
        if min(self.in_favour, self.against, self.abstention, self.no_part) < 0:
            raise ValueError("Un nombre de voix ne peut pas être négatif.")

    @property
    def counts(self) -> tuple[tuple[str, int, str], ...]:
        """Kind, number and words of each side that has at least one voice, in the order of the bar."""
        numbers = (self.in_favour, self.against, self.abstention, self.no_part)
        return tuple(
            (kind, number, one if number < 2 else many)
            for (kind, one, many), number in zip(WORDS, numbers, strict=True)
            if number
        )


def votes_bar_html(votes: Votes, *, small: bool = False) -> SafeString:
    """Draw the bar and write the numbers beneath; says so when nobody has voted."""
    if not votes.counts:
        return format_html('<p class="muted">{}</p>', "Aucune voix exprimée.")
    words = ", ".join(f"{number} {word}" for _, number, word in votes.counts)
    legend = format_html_join(
        "",
        "<li>{}<span><b>{}</b> {}</span></li>",
        ((mark_svg(kind), number, word) for kind, number, word in votes.counts),
    )
    return format_html(
        '<div class="drawing votes-bar{}"><svg class="picture" viewBox="0 0 {} 10" preserveAspectRatio="none"'
        ' role="img"><title>Résultat du vote : {}</title>{}</svg><ul class="legend">{}</ul></div>',
        " small" if small else "",
        WIDTH,
        words,
        _segments(votes),
        legend,
    )


def _segments(votes: Votes) -> SafeString:
    total = sum(number for _, number, _ in votes.counts)
    room = WIDTH - GAP * (len(votes.counts) - 1)
    drawn: list[tuple[str, str, str]] = []
    start = 0.0
    for kind, number, _ in votes.counts:
        width = room * number / total
        drawn.append((kind, f"{start:.1f}", f"{width:.1f}"))
        start += width + GAP
    return format_html_join("", '<rect class="bar--{}" x="{}" y="0" width="{}" height="10"/>', drawn)
