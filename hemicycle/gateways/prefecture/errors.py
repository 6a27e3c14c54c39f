"""What can go wrong with the TdT: come back later, or do not come back with the same act."""

from __future__ import annotations


class Unreachable(Exception):
    """The TdT did not answer, or not usefully, or does not admit our account: nothing is said of the act.

    outcome_unknown: the request may have arrived all the same. A deposit must then be looked for (`find`)
    before any second attempt.
    """

    def __init__(self, message: str, *, outcome_unknown: bool = False) -> None:
        super().__init__(message)
        self.outcome_unknown = outcome_unknown


class Rejected(Exception):
    """The TdT refused the call itself, in the words it gave: the same call would be refused again."""


class NumberTaken(Rejected):
    """An act already bears this number at the TdT: it may be ours, deposited before (`find` tells)."""


class CancellationPending(Rejected):
    """A cancellation of that act is already asked for, by us or by hand at the TdT: nothing more is sent."""


class NotOffered(Rejected):
    """This channel never gives that, to anyone: nothing is wrong, and nobody has to look."""
