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
    rank: int = 1


@dataclass(frozen=True, kw_only=True)
class SignatureReopened:
    """The order could not be carried out for want of a right code: it is awaited again."""

    name: ClassVar[str] = "signing.signature_reopened"
    number: str
    #: In French; never the code itself.
    reason: str


@dataclass(frozen=True, kw_only=True)
class SignatureBrought:
    """The signatory signed with a tool of their own; the file waits to be judged."""

    name: ClassVar[str] = "signing.signature_brought"
    number: str
    #: SHA-256 of the bytes that had to be signed, and of the file brought.
    sha256: str
    brought_sha256: str
    capacity: str
    rank: int = 1


@dataclass(frozen=True, kw_only=True)
class SignatureAskedElsewhere:
    """The act was left in an outside signature book, where its signatory signs it when they can."""

    name: ClassVar[str] = "signing.asked_elsewhere"
    number: str
    #: SHA-256 of the bytes left there.
    sha256: str
    #: Its identifier there, and the name it bears there.
    folder: str
    title: str


@dataclass(frozen=True, kw_only=True)
class BlobPrepared:
    """The signatory was given the bytes to be signed apart from the file."""

    name: ClassVar[str] = "signing.blob_prepared"
    number: str
    #: Of the bytes of the act, and of those given to be signed.
    sha256: str
    blob_sha256: str
    rank: int = 1


@dataclass(frozen=True, kw_only=True)
class SignatureAdded:
    """One signature of several is recorded; the next is awaited."""

    name: ClassVar[str] = "signing.signature_added"
    number: str
    #: SHA-256 of the bytes that it covers, and of the file with it.
    frozen_sha256: str
    signed_sha256: str
    signer: str
    level: str
    timestamp: str
    rank: int
    next_signatory: str


@dataclass(frozen=True, kw_only=True)
class SignatureRecorded:
    """The last signature is recorded: the act is signed."""

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


@dataclass(frozen=True, kw_only=True)
class SignatureEntrusted:
    """The act is drawn up again for a delegate, or for whoever signs by right: other bytes, the same number."""

    name: ClassVar[str] = "signing.signature_entrusted"
    number: str
    sha256: str
    signatory: str
    #: The arrêté of the delegation; empty when the signature comes back to whoever signs by right.
    reference: str


@dataclass(frozen=True, kw_only=True)
class ProlongingAsked:
    """The proof of a signed act is to be prolonged: fresh proofs and a timestamp, in another file."""

    name: ClassVar[str] = "signing.prolonging_asked"
    number: str
    #: Of the file to be prolonged.
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ProofProlonged:
    """Another file proves the act for longer; the signed original is as it was."""

    name: ClassVar[str] = "signing.proof_prolonged"
    number: str
    former_sha256: str
    sha256: str
    until: str


@dataclass(frozen=True, kw_only=True)
class OrderOfSignaturesSet:
    """Who signs a series of acts, first to last, from now on."""

    name: ClassVar[str] = "signing.order_set"
    series: str
    places: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DelegationOfSignatureGiven:
    """An arrêté lets a person sign in another's stead (CGCT, L3221-3)."""

    name: ClassVar[str] = "signing.delegation_given"
    giver: str
    holder: str
    reference: str
    first_day: str
    last_day: str


@dataclass(frozen=True, kw_only=True)
class DelegationMadePublic:
    """When the arrêté of a delegation was transmitted and published: it is executory from the later day."""

    name: ClassVar[str] = "signing.delegation_made_public"
    holder: str
    reference: str
    transmitted_on: str
    published_on: str
