"""What can have happened to the registers of acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class NumberingSet:
    """From that day on, the numbers of a register are written so."""

    name: ClassVar[str] = "registers.numbering_set"
    register: str
    label: str
    pattern: str
    #: The pattern in force before that day.
    before: str
    valid_from: str


@dataclass(frozen=True, kw_only=True)
class NumberCancelled:
    """The number stays in its register, struck; the dossier leaves the chain."""

    name: ClassVar[str] = "registers.number_cancelled"
    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtractCertified:
    """A certified copy of one act was delivered: these are its bytes."""

    name: ClassVar[str] = "registers.extract_certified"
    number: str
    sha256: str
