"""One measure beside its limit."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Line:
    name: str
    #: Median milliseconds.
    ours: float
    limit: float
    what: str


def median_ms(action: Callable[[], object], *, times: int = 30) -> float:
    """Median time of one call, after one that does not count, in milliseconds."""
    action()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)
