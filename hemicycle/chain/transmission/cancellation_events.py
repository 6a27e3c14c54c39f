"""What can have happened around the cancellation of a transmission (events.py names them with the others)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class CancellationAsked:
    """Someone asks that the transmission of an act be cancelled; nothing leaves before another person agrees."""

    name: ClassVar[str] = "transmission.cancellation_asked"
    cancellation: int
    unique_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CancellationDeclined:
    """The request is put aside, by another person or by whoever asked: nothing left."""

    name: ClassVar[str] = "transmission.cancellation_declined"
    cancellation: int
    asked_by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CancellationConfirmed:
    """A second person agrees: the request (6-1) leaves, once."""

    name: ClassVar[str] = "transmission.cancellation_confirmed"
    cancellation: int
    unique_id: str
    asked_by: str
    note: str


@dataclass(frozen=True, kw_only=True)
class CancellationBegun:
    """The intent is on record before the request leaves."""

    name: ClassVar[str] = "transmission.cancellation_begun"
    cancellation: int


@dataclass(frozen=True, kw_only=True)
class CancellationSent:
    name: ClassVar[str] = "transmission.cancellation_sent"
    cancellation: int
    #: Of the request at the TdT; empty when the TdT holds one without naming it.
    tdt_id: str
    #: True when it was found at the TdT after an unknown outcome, or asked there by hand.
    reconciled: bool


@dataclass(frozen=True, kw_only=True)
class CancellationRefused:
    """The TdT or the ministry will not cancel: the acknowledgement stands."""

    name: ClassVar[str] = "transmission.cancellation_refused"
    cancellation: int
    detail: str


@dataclass(frozen=True, kw_only=True)
class TransmissionCancelled:
    """The préfecture acknowledges the cancellation (6-2): the act and its number stay, it is no longer transmitted."""

    name: ClassVar[str] = "transmission.cancelled"
    unique_id: str
    #: Date of reception by the State, from the XML.
    received_on: str
    sha256: str
    #: Why a person applied a message that nothing here expected; empty otherwise.
    reason: str


@dataclass(frozen=True, kw_only=True)
class MessageApplied:
    """A person applies a message put aside, against what was known of the act."""

    name: ClassVar[str] = "transmission.message_applied"
    kind: str
    sha256: str
    #: « refusé », « envoi en cours »: what was believed until then.
    before: str
    reason: str
