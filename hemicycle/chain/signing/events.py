"""What can have happened around the signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class ActDrawnUp:
    """The act's bytes are frozen: this digest is what will be signed."""

    name: ClassVar[str] = "signing.act_drawn_up"
    number: str
    sha256: str
    signatory: str


@dataclass(frozen=True, kw_only=True)
class SignatureOrdered:
    """The signatory has read the act and orders its signature."""

    name: ClassVar[str] = "signing.signature_ordered"
    number: str
    sha256: str
    capacity: str


@dataclass(frozen=True, kw_only=True)
class SignatureRecorded:
    name: ClassVar[str] = "signing.signature_recorded"
    number: str
    #: SHA-256 of the frozen bytes, and of the signed file.
    frozen_sha256: str
    signed_sha256: str
    signer: str
    level: str
    timestamp: str


@dataclass(frozen=True, kw_only=True)
class SignatureRefused:
    name: ClassVar[str] = "signing.signature_refused"
    number: str
    reason: str
