"""What can have happened in the circuit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Submitted:
    name: ClassVar[str] = "circuit.submitted"
    version: int
    digest: str
    circuit: str


@dataclass(frozen=True, kw_only=True)
class VisaGiven:
    name: ClassVar[str] = "circuit.visa_given"
    step: str
    version: int
    digest: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class SentBack:
    name: ClassVar[str] = "circuit.sent_back"
    step: str
    version: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class CircuitCompleted:
    name: ClassVar[str] = "circuit.completed"
    version: int
    visas: int


# --- What the service des assemblées defines; of no dossier ---


@dataclass(frozen=True, kw_only=True)
class CircuitSaved:
    name: ClassVar[str] = "circuit.circuit_saved"
    circuit: str
    new: bool
    steps: list[str]


@dataclass(frozen=True, kw_only=True)
class CircuitRetired:
    name: ClassVar[str] = "circuit.circuit_retired"
    circuit: str
    #: Passages that go on with it.
    running: int


@dataclass(frozen=True, kw_only=True)
class RuleSaved:
    name: ClassVar[str] = "circuit.rule_saved"
    rule: str
    new: bool
    who: str
    why: str
    #: Digest of what the trial looks at.
    digest: str
    active: bool


@dataclass(frozen=True, kw_only=True)
class RuleSwitched:
    name: ClassVar[str] = "circuit.rule_switched"
    rule: str
    active: bool
    #: What the trial said when it was switched on: visas it would have added, among so many dossiers.
    added: int
    dossiers: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class DeskSaved:
    name: ClassVar[str] = "circuit.desk_saved"
    desk: str
    new: bool
    active: bool
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class AbsenceDeclared:
    name: ClassVar[str] = "circuit.absence_declared"
    absent: str
    replaced_by: str
    first_day: str
    last_day: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AbsenceEnded:
    name: ClassVar[str] = "circuit.absence_ended"
    absent: str
    replaced_by: str


@dataclass(frozen=True, kw_only=True)
class DelegationGiven:
    name: ClassVar[str] = "circuit.delegation_given"
    giver: str
    holder: str
    reference: str
    first_day: str
    #: Empty: until it is ended.
    last_day: str


@dataclass(frozen=True, kw_only=True)
class DelegationEnded:
    name: ClassVar[str] = "circuit.delegation_ended"
    giver: str
    holder: str
    reference: str
