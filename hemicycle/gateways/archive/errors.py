"""What can go wrong with the archive: come back later, or do not come back with the same thing."""

from __future__ import annotations


class Unreachable(Exception):
    """The archive did not answer, or not usefully: the call may be made again later.

    outcome_unknown: the request may have arrived all the same. A deposit must then be looked for (`find`) before
    any second attempt.
    """

    def __init__(self, message: str, *, outcome_unknown: bool = False) -> None:
        super().__init__(message)
        self.outcome_unknown = outcome_unknown


class Rejected(Exception):
    """The archive refused the call itself: the same call would be refused again."""
