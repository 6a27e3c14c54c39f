"""The calendar of legal dates: convocation limit, sitting, transmission, appeal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.safestring import SafeString

from hemicycle.texts.typography import date_fr
from hemicycle.web.drawings.line import Stop, line_html

MilestoneState = Literal["done", "current", "todo", "late"]

WORDS: dict[MilestoneState, str] = {"done": "Passé", "current": "Aujourd’hui", "todo": "À venir", "late": "Dépassé"}


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A dated step that the law or the assembly's own rules fix."""

    on: date
    label: str
    state: MilestoneState
    #: Short: "12 jours francs avant", the article, what remains to do.
    note: str = ""
    href: str | None = None
    detail: str = ""


def legal_calendar_html(milestones: Sequence[Milestone], *, prefix: str = "calendrier") -> SafeString:
    """Draw the dates in their order, whatever order they come in. Nothing at all when there are none."""
    if not milestones:
        return SafeString("")
    stops = [
        Stop(
            label=milestone.label,
            state=milestone.state,
            word=WORDS[milestone.state],
            when=date_fr(milestone.on),
            sub=milestone.note,
            href=milestone.href,
            detail=milestone.detail,
        )
        for milestone in sorted(milestones, key=lambda milestone: milestone.on)
    ]
    return line_html(stops, name="Calendrier légal", prefix=prefix, kind="calendar")
