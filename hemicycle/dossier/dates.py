"""The day on which something happens, where the département is."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def day(at: dt.datetime) -> dt.date:
    """The local calendar day of an instant: rights, mandates and delays are counted in days of Paris, not of UTC."""
    return timezone.localdate(at)
