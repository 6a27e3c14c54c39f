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
