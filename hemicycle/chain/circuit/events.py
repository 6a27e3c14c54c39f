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
    #: Given with a reservation, which `remark` says.
    reserved: bool = False


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


@dataclass(frozen=True, kw_only=True)
class CarriedAlong:
    """A companion went with its lead: « soumis au circuit », « visas tous donnés »…"""

    name: ClassVar[str] = "circuit.carried_along"
    lead: str
    move: str


@dataclass(frozen=True, kw_only=True)
class SentBackTo:
    name: ClassVar[str] = "circuit.sent_back_to"
    step: str
    to: str
    version: int
    reason: str
    #: Visas annulled: « Juridique (Jules Juriste) ».
    annulled: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OpinionAsked:
    name: ClassVar[str] = "circuit.opinion_asked"
    step: str
    whom: str
    version: int
    question: str


@dataclass(frozen=True, kw_only=True)
class OpinionGiven:
    name: ClassVar[str] = "circuit.opinion_given"
    step: str
    asked_by: str
    version: int
    digest: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PassedOn:
    name: ClassVar[str] = "circuit.passed_on"
    to: str
    version: int
    #: Labels of the steps left without visa, the required ones among them.
    waived: tuple[str, ...]
    required: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class VisaTakenBack:
    name: ClassVar[str] = "circuit.visa_taken_back"
    step: str
    version: int
    #: Whether the circuit was complete: the dossier was ready for a sitting and is so no more.
    reopened: bool


@dataclass(frozen=True, kw_only=True)
class ValidatedInEmergency:
    name: ClassVar[str] = "circuit.validated_in_emergency"
    version: int
    digest: str
    #: Labels of the required visas that nobody gave.
    missing: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Amended:
    name: ClassVar[str] = "circuit.amended"
    step: str
    #: "report" or "deliberation", and of which dossier when it is a companion's.
    text: str
    of: str
    version: int
    digest: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Held:
    name: ClassVar[str] = "circuit.held"
    step: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Released:
    name: ClassVar[str] = "circuit.released"
    step: str


@dataclass(frozen=True, kw_only=True)
class EmbargoSet:
    name: ClassVar[str] = "circuit.embargo_set"


@dataclass(frozen=True, kw_only=True)
class EmbargoLifted:
    name: ClassVar[str] = "circuit.embargo_lifted"
    #: « séance convoquée », or empty when the Cabinet lifted it.
    why: str


@dataclass(frozen=True, kw_only=True)
class StepReassigned:
    name: ClassVar[str] = "circuit.step_reassigned"
    step: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str
