"""The one error family of the library: its text is a French sentence for a person."""

from __future__ import annotations


class ActesError(ValueError):
    """Something of @CTES could not be read or built; str() is the sentence to show."""


class Unreadable(ActesError):
    """The bytes are not the message, envelope or archive they should be."""


class NotBuildable(ActesError):
    """The data given cannot make a message valid against the norm."""


class TooLarge(ActesError):
    """An archive exceeds the byte budget, compressed or once inflated."""
