"""What can have happened while the act goes back to its direction and out to the partners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class ReturnedToDirection:
    name: ClassVar[str] = "distribution.returned_to_direction"
    unit: str


@dataclass(frozen=True, kw_only=True)
class ReturnSeen:
    name: ClassVar[str] = "distribution.return_seen"
    unit: str


@dataclass(frozen=True, kw_only=True)
class NoticePrepared:
    name: ClassVar[str] = "distribution.notice_prepared"
    partner: str
    email: str
    #: « information » or « notification ».
    mode: str


@dataclass(frozen=True, kw_only=True)
class NoticeSent:
    name: ClassVar[str] = "distribution.notice_sent"
    partner: str
    email: str
    mode: str
    message_id: str
    #: SHA-256 of the message as it left.
    sha256: str


@dataclass(frozen=True, kw_only=True)
class NoticeOpened:
    """The personal link was followed for the first time; recorded by the courier, who holds no opinion of its own."""

    name: ClassVar[str] = "distribution.notice_opened"
    partner: str
    email: str
    mode: str


@dataclass(frozen=True, kw_only=True)
class NoticeDownloaded:
    name: ClassVar[str] = "distribution.notice_downloaded"
    partner: str
    email: str
    mode: str
    file: str
    sha256: str
