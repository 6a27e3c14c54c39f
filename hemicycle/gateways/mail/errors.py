"""What a mail gateway answers when it does not send."""

from __future__ import annotations


class Unreachable(Exception):
    """The mail server cannot take the letter now: nothing is lost, try again later."""


class Rejected(Exception):
    """This letter will never be taken as it is; the sentence says why."""
