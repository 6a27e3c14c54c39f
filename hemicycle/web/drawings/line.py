"""A line of stops: across on a desk, down on a phone, one list for every reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hemicycle.web.drawings.marks import mark_svg

_NOTHING = SafeString("")


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One place on a line, in words ready to be shown."""

    label: str
    #: The name of its sign, see marks.MARKS.
    state: str
    #: The state in words, for those who do not see the sign.
    word: str
    when: str = ""
    sub: str = ""
    href: str | None = None
    #: What opens on a click: who, when, in whose name, on which version, with which comment.
    detail: str = ""
    #: Documents in the panel: (words, address).
    links: tuple[tuple[str, str], ...] = ()


def line_html(stops: Sequence[Stop], *, name: str, prefix: str, kind: str) -> SafeString:
    """Draw the stops in order. `prefix` makes the identifiers unique on the page; `kind` is a CSS class.

    The text is HTML rather than SVG text: it wraps, grows with the reader's zoom and is read as a list.
    """
    items = format_html_join(
        "", "{}", ((_item(stop, identifier=f"{prefix}-{place}"),) for place, stop in enumerate(stops, start=1))
    )
    return format_html('<div class="line-drawing {}"><ol class="line" aria-label="{}">{}</ol></div>', kind, name, items)


def _item(stop: Stop, *, identifier: str) -> SafeString:
    current = SafeString(' aria-current="step"') if stop.state == "current" else _NOTHING
    return format_html(
        '<li class="stop stop--{}"{}>{}{}{}{}<span class="visually-hidden">{}</span>{}</li>',
        stop.state,
        current,
        mark_svg(stop.state),
        _span("when", stop.when),
        _label(stop, identifier=identifier),
        _span("sub", stop.sub),
        stop.word,
        _card(stop, identifier=identifier),
    )


def _span(kind: str, text: str) -> SafeString:
    return format_html('<span class="{}">{}</span> ', kind, text) if text else _NOTHING


def _label(stop: Stop, *, identifier: str) -> SafeString:
    if stop.detail or stop.links:
        return format_html(
            '<button type="button" class="label" popovertarget="{}">{}</button> ', identifier, stop.label
        )
    if stop.href:
        return format_html('<a class="label" href="{}">{}</a> ', stop.href, stop.label)
    return format_html('<span class="label">{}</span> ', stop.label)


def _card(stop: Stop, *, identifier: str) -> SafeString:
    """The small panel the browser itself opens and closes: no script."""
    if not stop.detail and not stop.links:
        return _NOTHING
    link = format_html('<p><a href="{}">Ouvrir cette étape</a></p>', stop.href) if stop.href else _NOTHING
    return format_html(
        '<div class="stop-card" id="{}" popover><p class="card-title">{}</p><p class="muted">{}</p><p>{}</p>{}{}</div>',
        identifier,
        stop.label,
        f"{stop.word} · {stop.sub}" if stop.sub else stop.word,
        stop.detail,
        _links(stop.links),
        link,
    )


def _links(links: Sequence[tuple[str, str]]) -> SafeString:
    if not links:
        return _NOTHING
    items = format_html_join("", '<li><a href="{}">{}</a></li>', ((url, words) for words, url in links))
    return format_html('<ul class="card-links">{}</ul>', items)
