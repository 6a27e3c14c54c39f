"""How long things take: a line per thing, from nothing to nine in ten, its middle marked, and the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 400, 20


@dataclass(frozen=True, kw_only=True)
class Length:
    """In days."""

    label: str
    median: float
    p90: float
    #: The median of the period before; None: unknown.
    before: float | None
    count: int
    returns: int


def spans_html(lengths: Sequence[Length], *, of: str, caption: str) -> SafeString:
    """A table whose second column is drawn: it says all that the drawing shows. `of`: what a line is (« Étape »)."""
    if not lengths:
        return SafeString("")
    most = max([1.0, *(length.p90 for length in lengths), *(length.before or 0.0 for length in lengths)])
    rows = format_html_join(
        "",
        '<tr><th scope="row" class="object">{}</th><td class="span-cell">{}</td>'
        '<td class="num" data-label="La moitié en">{}</td><td class="num" data-label="Neuf sur dix en">{}</td>'
        '<td class="num" data-label="Avant">{}</td>'
        '<td class="num" data-label="Renvois">{}</td><td class="num" data-label="Nombre">{}</td></tr>',
        (
            (
                *(length.label, _drawn(length, most), days_fr(length.median), days_fr(length.p90)),
                *(_change(length), length.returns or "", length.count),
            )
            for length in lengths
        ),
    )
    return format_html(
        '<div class="drawing spans"><table class="list"><caption class="visually-hidden">{}</caption><thead><tr>'
        '<th scope="col">{}</th><th scope="col"><span class="visually-hidden">Dessin</span></th>'
        '<th scope="col" class="num">La moitié en</th><th scope="col" class="num">Neuf sur dix en</th>'
        '<th scope="col" class="num">Période d’avant</th><th scope="col" class="num">Renvois</th>'
        '<th scope="col" class="num">Nombre</th></tr></thead><tbody>{}</tbody></table>'
        '<ul class="legend"><li><span class="swatch swatch--median"></span>la moitié des dossiers</li>'
        '<li><span class="swatch swatch--p90"></span>neuf dossiers sur dix</li>'
        '<li><span class="swatch swatch--before"></span>la moitié, période d’avant</li></ul></div>',
        *(caption, of, rows),
    )


def _drawn(length: Length, most: float) -> SafeString:
    def x(days: float) -> str:
        return f"{4 + (WIDTH - 8) * days / most:.1f}"

    before = (
        format_html('<line class="before" x1="{0}" x2="{0}" y1="2" y2="18"/>', x(length.before))
        if length.before is not None
        else ""
    )
    return format_html(
        '<svg class="picture" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<line class="p90" x1="4" x2="{}" y1="10" y2="10"/><line class="median" x1="4" x2="{}" y1="10" y2="10"/>'
        "{}</svg>",
        *(WIDTH, HEIGHT, x(length.p90), x(length.median), before),
    )


def days_fr(days: float) -> str:
    """« 3,5 j », « 14 j »; under a day, hours."""
    if days < 1:
        return f"{round(days * 24)}\u00a0h"
    written = f"{days:.1f}".replace(".", ",") if days < 10 else f"{days:.0f}"
    return f"{written.removesuffix(',0')}\u00a0j"


def _change(length: Length) -> str:
    """The time before, and which way it went, in a sign that has its words beside it."""
    if length.before is None:
        return ""
    difference = length.median - length.before
    if abs(difference) < 0.05 * max(length.before, 0.5):
        return f"{days_fr(length.before)}, pareil"
    return f"{days_fr(length.before)}, {'plus long' if difference > 0 else 'plus court'}"
