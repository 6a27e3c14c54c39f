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
    message_id: str


@dataclass(frozen=True, kw_only=True)
class NoticeOpened:
    name: ClassVar[str] = "distribution.notice_opened"
    partner: str


@dataclass(frozen=True, kw_only=True)
class NoticeDownloaded:
    name: ClassVar[str] = "distribution.notice_downloaded"
    partner: str
    file: str
