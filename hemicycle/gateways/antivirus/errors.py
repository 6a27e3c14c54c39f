"""What can go wrong with the antivirus."""

from __future__ import annotations


class Unreachable(Exception):
    """The antivirus did not answer, or not to the end: the file waits, and is given to it again later."""


class Rejected(Exception):
    """The antivirus will not look at this file as it is; the sentence says why."""
