"""What can have happened around a sitting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class SittingPlanned:
    name: ClassVar[str] = "sitting.planned"
    sitting: str
    body: str
    starts_at: str
    place: str


@dataclass(frozen=True, kw_only=True)
class PutOnAgenda:
    name: ClassVar[str] = "sitting.put_on_agenda"
    sitting: str
    item: str
    #: Why after the summons went out; empty before.
    urgency: str


@dataclass(frozen=True, kw_only=True)
class TakenOffAgenda:
    name: ClassVar[str] = "sitting.taken_off_agenda"
    sitting: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AgendaOrdered:
    name: ClassVar[str] = "sitting.agenda_ordered"
    sitting: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Convened:
    name: ClassVar[str] = "sitting.convened"
    sitting: str
    members: int
    items: int
    #: Verdict of the notice delay, and its article.
    notice: str
    article: str
    urgency: str


@dataclass(frozen=True, kw_only=True)
class SummonsSent:
    name: ClassVar[str] = "sitting.summons_sent"
    sitting: str
    member: str
    channel: str
    message_id: str


@dataclass(frozen=True, kw_only=True)
class SummonsOpened:
    """The member had the sitting's documents on screen."""

    name: ClassVar[str] = "sitting.summons_opened"
    sitting: str
    member: str


@dataclass(frozen=True, kw_only=True)
class AttendanceRecorded:
    name: ClassVar[str] = "sitting.attendance_recorded"
    sitting: str
    present: int
    excused: int
    absent: int


@dataclass(frozen=True, kw_only=True)
class ProxyRecorded:
    name: ClassVar[str] = "sitting.proxy_recorded"
    sitting: str
    giver: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class ProxyWithdrawn:
    name: ClassVar[str] = "sitting.proxy_withdrawn"
    sitting: str
    giver: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class SittingOpened:
    name: ClassVar[str] = "sitting.opened"
    sitting: str
    president: str
    secretary: str
    present: int
    represented: int
    quorum: int
    article: str


@dataclass(frozen=True, kw_only=True)
class VoteRecorded:
    name: ClassVar[str] = "sitting.vote_recorded"
    sitting: str
    kind: str
    for_: int
    against: int
    abstentions: int
    no_part: int
    adopted: bool
    #: True when the president's vote decided a tie (L3121-15).
    casting: bool
    sentence: str
    #: The act's number, empty when rejected.
    number: str


@dataclass(frozen=True, kw_only=True)
class ItemAdjourned:
    name: ClassVar[str] = "sitting.item_adjourned"
    sitting: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SittingClosed:
    name: ClassVar[str] = "sitting.closed"
    sitting: str
    adopted: int
    rejected: int
    adjourned: int


@dataclass(frozen=True, kw_only=True)
class DecisionTaken:
    """The president takes an act that goes to no assembly."""

    name: ClassVar[str] = "sitting.decision_taken"
    number: str
    #: « arrêté », « décision »
    kind: str
    #: The version that was taken.
    version: int
