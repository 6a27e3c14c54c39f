"""What can have happened in telling people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class LetterSent:
    """Of a dossier when the letter is about that one alone; its words are not told again here."""

    name: ClassVar[str] = "telling.letter_sent"
    to: str
    #: How many pieces of news it bears, and their kinds.
    news: int
    kinds: tuple[str, ...]
    digest: bool
    message_id: str


@dataclass(frozen=True, kw_only=True)
class LetterRefused:
    """The mail server refuses the address or the letter for good."""

    name: ClassVar[str] = "telling.letter_refused"
    to: str
    news: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class MailsChosen:
    name: ClassVar[str] = "telling.mails_chosen"
    #: The kinds whose rhythm is not the usual one.
    choices: dict[str, str]
    even_absent: bool
    #: Empty: not suspended.
    suspended_until: str
