"""How an errand ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Done:
    """Carried and recorded."""


@dataclass(frozen=True, kw_only=True)
class Later:
    """Nothing came yet, or the other side is out of reach: take it up again."""

    #: Seconds; None lets the rounds choose from the number of tries.
    seconds: float | None = None
    #: In French, shown to the service des assemblées; empty when waiting is normal.
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class GiveUp:
    """Trying again would give the same: a person must look."""

    why: str


Outcome = Done | Later | GiveUp
DONE = Done()
