"""What can have happened around the letters of the préfecture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class LetterReceived:
    name: ClassVar[str] = "correspondence.letter_received"
    letter: str
    #: « lettre d’observations ».
    kind: str
    #: « 4-1 ».
    code: str
    dated: str
    due_on: str
    #: Whether a text sets that day.
    legal: bool
    #: Its own words.
    detail: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ReplyPrepared:
    name: ClassVar[str] = "correspondence.reply_prepared"
    letter: str
    kind: str
    #: « Réponse à une lettre d’observations ».
    answer: str
    #: SHA-256 of each document that would leave.
    documents: list[str]


@dataclass(frozen=True, kw_only=True)
class ReplyOrdered:
    """The service des assemblées has it leave."""

    name: ClassVar[str] = "correspondence.reply_ordered"
    letter: str
    reply: int
    kind: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class ReplySending:
    """The intent is on record before anything leaves: a crash from here on is reconciled, never repeated blindly."""

    name: ClassVar[str] = "correspondence.reply_sending"
    letter: str
    reply: int


@dataclass(frozen=True, kw_only=True)
class ReplyDeposited:
    name: ClassVar[str] = "correspondence.reply_deposited"
    letter: str
    reply: int
    kind: str
    answer: str
    tdt_id: str
    #: True when it was found at the TdT after an unknown outcome.
    reconciled: bool
    #: Whether it left by the day it was due.
    in_time: bool
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ReplyReceived:
    """The préfecture acknowledged our answer (3-5, 4-5)."""

    name: ClassVar[str] = "correspondence.reply_received"
    letter: str
    reply: int
    kind: str
    received_on: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ReplyRefused:
    """The TdT or the ministry refused our answer: the letter waits for another."""

    name: ClassVar[str] = "correspondence.reply_refused"
    letter: str
    reply: int
    kind: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class LetterSettled:
    """A person says that the letter calls for no answer by this channel, and why."""

    name: ClassVar[str] = "correspondence.letter_settled"
    letter: str
    kind: str
    note: str
