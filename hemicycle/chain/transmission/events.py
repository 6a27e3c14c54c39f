"""What can have happened around the transmission to the préfecture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hemicycle.chain.transmission.cancellation_events import (  # noqa: F401 - named here with the others
    CancellationAsked,
    CancellationBegun,
    CancellationConfirmed,
    CancellationDeclined,
    CancellationRefused,
    CancellationSent,
    MessageApplied,
    TransmissionCancelled,
)


@dataclass(frozen=True, kw_only=True)
class DeparturePrepared:
    """The message 1-1 and its envelope are built and checked; the bytes to send are kept."""

    name: ClassVar[str] = "transmission.departure_prepared"
    attempt: int
    actes_number: str
    unique_id: str
    envelope_sha256: str


@dataclass(frozen=True, kw_only=True)
class SendingBegun:
    """The intent is on record before anything leaves: a crash from here on is reconciled, never repeated blindly."""

    name: ClassVar[str] = "transmission.sending_begun"
    attempt: int
    unique_id: str


@dataclass(frozen=True, kw_only=True)
class DepositRecorded:
    name: ClassVar[str] = "transmission.deposit_recorded"
    attempt: int
    tdt_id: str
    #: True when the deposit was found at the TdT after an unknown outcome.
    reconciled: bool


@dataclass(frozen=True, kw_only=True)
class EnvelopeFetched:
    """The archive that really left, as the TdT gives it back; same act, same bytes."""

    name: ClassVar[str] = "transmission.envelope_fetched"
    file: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AcknowledgementRecorded:
    name: ClassVar[str] = "transmission.acknowledgement_recorded"
    unique_id: str
    #: Date of reception by the State, from the XML (never from our clock).
    received_on: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AnomalyRecorded:
    name: ClassVar[str] = "transmission.anomaly_recorded"
    code: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class DepartsAgain:
    """The cause of a refusal is put right: a new attempt may be prepared."""

    name: ClassVar[str] = "transmission.departs_again"
    #: Rank of the attempt that was refused.
    after_attempt: int


@dataclass(frozen=True, kw_only=True)
class StampedCopyMade:
    name: ClassVar[str] = "transmission.stamped_copy_made"
    sha256: str
    #: The signed original it derives from.
    original_sha256: str


@dataclass(frozen=True, kw_only=True)
class CopySealed:
    """The organisation's seal is on a copy: another file, the copy beneath it as it was."""

    name: ClassVar[str] = "transmission.copy_sealed"
    file: str
    sha256: str
    #: The copy without its seal.
    copy_sha256: str
    seal: str
    timestamp: str


@dataclass(frozen=True, kw_only=True)
class ClassificationStored:
    """The nomenclature of the préfecture (7-2) that acts follow from now on."""

    name: ClassVar[str] = "transmission.classification_stored"
    dated: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ControlFailed:
    """Our own control found, before anything left, what the préfecture would refuse."""

    name: ClassVar[str] = "transmission.control_failed"
    codes: list[str]
    #: What is wrong and what to do, in French.
    detail: str


@dataclass(frozen=True, kw_only=True)
class ControlPassed:
    """What the préfecture would have refused is put right."""

    name: ClassVar[str] = "transmission.control_passed"


@dataclass(frozen=True, kw_only=True)
class FilingCorrected:
    """How the act is filed at the préfecture (matière, types of pieces), never what was voted."""

    name: ClassVar[str] = "transmission.filing_corrected"
    #: Name → before, after.
    changes: dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class ClassificationAsked:
    """The préfecture is asked for its nomenclature (7-1)."""

    name: ClassVar[str] = "transmission.classification_asked"
    request: int


@dataclass(frozen=True, kw_only=True)
class MessageParked:
    """A message that nothing here expected: kept whole, for a person to judge."""

    name: ClassVar[str] = "transmission.message_parked"
    kind: str
    sha256: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class MessageSettled:
    name: ClassVar[str] = "transmission.message_settled"
    kind: str
    sha256: str
    note: str


@dataclass(frozen=True, kw_only=True)
class AnomalyAfterAcknowledgement:
    """A refusal of an act already acknowledged: the acknowledgement stays, a person must ask the préfecture."""

    name: ClassVar[str] = "transmission.anomaly_after_acknowledgement"
    code: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class AnswerMissing:
    """Nothing came back after a full working day."""

    name: ClassVar[str] = "transmission.answer_missing"
    attempt: int
    deposited_on: str


@dataclass(frozen=True, kw_only=True)
class TdtAsked:
    """Someone asks the TdT whether it holds an act whose sending has an unknown outcome; nothing is sent."""

    name: ClassVar[str] = "transmission.tdt_asked"
    attempt: int


@dataclass(frozen=True, kw_only=True)
class SendingHoursSet:
    name: ClassVar[str] = "transmission.sending_hours_set"
    #: « lundi 08:00–19:00 », one per day; empty: at any hour.
    hours: list[str]


@dataclass(frozen=True, kw_only=True)
class MaintenanceAnnounced:
    name: ClassVar[str] = "transmission.maintenance_announced"
    starts_at: str
    ends_at: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MaintenanceLifted:
    name: ClassVar[str] = "transmission.maintenance_lifted"
    starts_at: str
    reason: str
