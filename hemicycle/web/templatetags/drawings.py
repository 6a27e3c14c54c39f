"""Drawings and signs for templates: journeys, seats, votes, calendars, loads, lengths, months, validities, marks."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from hemicycle.web.drawings.hemicycle import Seat, hemicycle_html
from hemicycle.web.drawings.journey import Station, journey_html
from hemicycle.web.drawings.legal_calendar import Milestone, legal_calendar_html
from hemicycle.web.drawings.marks import mark_svg
from hemicycle.web.drawings.months import Volume, months_html
from hemicycle.web.drawings.spans import Length, spans_html
from hemicycle.web.drawings.validity import Validity, validity_svg
from hemicycle.web.drawings.votes_bar import Votes, votes_bar_html
from hemicycle.web.drawings.waiting import Load, Place, waiting_html

register = template.Library()


@register.simple_tag
def journey(stations: Sequence[Station], prefix: str = "parcours") -> SafeString:
    return journey_html(stations, prefix=prefix)


@register.simple_tag
def hemicycle(seats: Sequence[Seat], groups: Sequence[str]) -> SafeString:
    return hemicycle_html(seats, groups)


@register.simple_tag
def votes_bar(votes: Votes, small: bool = False) -> SafeString:
    return votes_bar_html(votes, small=small)


@register.simple_tag
def legal_calendar(milestones: Sequence[Milestone], prefix: str = "calendrier") -> SafeString:
    return legal_calendar_html(milestones, prefix=prefix)


@register.simple_tag
def mark(name: str) -> SafeString:
    return mark_svg(name)


@register.simple_tag
def waiting(loads: Sequence[Load], places: Sequence[Place]) -> SafeString:
    return waiting_html(loads, places, late_in="visas")


@register.simple_tag
def spans(lengths: Sequence[Length], of: str, caption: str) -> SafeString:
    return spans_html(lengths, of=of, caption=caption)


@register.simple_tag
def months(volumes: Sequence[Volume]) -> SafeString:
    return months_html(volumes)


@register.simple_tag
def validity(life: Validity) -> SafeString:
    return validity_svg(life)
