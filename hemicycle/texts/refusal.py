"""Why a text is refused: one French sentence, made to be shown to its author."""

from __future__ import annotations


class TextRefused(ValueError):
    """The text or the file cannot be taken; str() is the sentence to show."""
