"""The forms of states and votes: one small sign each, so that no state is told by its colour alone."""

from __future__ import annotations

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_DISC = '<circle class="mark-fill" cx="8" cy="8" r="8"/>'
_RING = '<circle class="mark-ring" cx="8" cy="8" r="6.5"/>'
_CHECK = '<path class="mark-on" d="M4.5 8.3 7 10.9l4.5-5.4"/>'
_CROSS_ON = '<path class="mark-on" d="m5.3 5.3 5.4 5.4m0-5.4-5.4 5.4"/>'
_EXCLAMATION = '<path class="mark-line" d="M8 4.6v3.8M8 11.3v.1"/>'

#: Inner markup of each sign, on a grid of 16 by 16. The keys are what templates may ask for.
MARKS: dict[str, str] = {
    "done": _DISC + _CHECK,
    "success": _DISC + _CHECK,
    "current": _RING + '<circle class="mark-fill" cx="8" cy="8" r="3"/>',
    "todo": _RING,
    "expected": _RING + '<path class="mark-line" d="M8 4.8V8l2.2 1.6"/>',
    "stale": _RING + _EXCLAMATION,
    "warning": _RING + _EXCLAMATION,
    "late": '<path class="mark-fill" d="M8 .6 16 15H0z"/><path class="mark-on" d="M8 6v4M8 12.4v.1"/>',
    "refused": '<path class="mark-fill" d="M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z"/>' + _CROSS_ON,
    "waived": _RING + '<path class="mark-line" d="M4.8 8h6.4"/>',
    "emergency": '<path class="mark-fill" d="M9.6 0 2.4 9.2H7L6 16l7.6-9.6H9z"/>',
    "error": '<path class="mark-fill" d="M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z"/>' + _CROSS_ON,
    "info": _RING + '<path class="mark-line" d="M8 7.4v3.8M8 4.7v.1"/>',
    "for": _DISC,
    "against": '<path class="mark-fill" d="m8 0 8 8-8 8-8-8z"/>',
    "abstention": '<circle class="mark-thick" cx="8" cy="8" r="6"/>',
    "no_part": '<rect class="mark-dashed" x="2" y="2" width="12" height="12"/>',
    "present": '<circle class="mark-tinted" cx="8" cy="8" r="7"/>',
    "proxy": '<circle class="mark-tinted" cx="8" cy="8" r="7"/><text class="mark-letter" x="8" y="11.6">P</text>',
    "absent": '<path class="mark-line" d="m3.5 3.5 9 9m0-9-9 9"/>',
    "excused": '<path class="mark-line" d="M3 8h10"/>',
    "president": '<circle class="mark-fill" cx="8" cy="8" r="4"/><circle class="mark-thin" cx="8" cy="8" r="7.2"/>',
}


@cache
def mark_svg(name: str) -> SafeString:
    """Give the sign of a state, hidden from screen readers: the word always stands beside it.

    Raises KeyError on an unknown name.
    """
    inner = mark_safe(MARKS[name])  # noqa: S308 - constants of this module
    return format_html(
        '<svg class="mark mark--{}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', name, inner
    )
