"""The life of a certificate as one line: what is gone, today, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 160, 14


@dataclass(frozen=True, kw_only=True)
class Validity:
    since: datetime
    until: datetime
    at: datetime
    #: A key of drawings/marks.py: its colour; the words stand beside.
    state: str

    @property
    def gone(self) -> float:
        """From 0 to 1."""
        whole = max((self.until - self.since).total_seconds(), 1.0)
        return min(max((self.at - self.since).total_seconds() / whole, 0.0), 1.0)


def validity_svg(validity: Validity) -> SafeString:
    """Hidden from screen readers: its dates and what is left are written beside."""
    now = f"{4 + (WIDTH - 8) * validity.gone:.1f}"
    return format_html(
        '<svg class="validity validity--{}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        '<line class="gone" x1="4" x2="{}" y1="7" y2="7"/><line class="ahead" x1="{}" x2="{}" y1="7" y2="7"/>'
        '<circle class="now" cx="{}" cy="7" r="4"/></svg>',
        *(validity.state, WIDTH, HEIGHT, now, now, WIDTH - 4, now),
    )
