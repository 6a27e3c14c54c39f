"""What a verification answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

__all__ = ["Outcome", "Signature", "Stamp", "Verdict"]

#: « whole »: intact, and by someone whom a known authority vouches for. « doubtful »: nothing proves it false,
#: something is missing to prove it true. « refused »: it must not be relied upon.
Outcome = Literal["whole", "doubtful", "refused"]


@dataclass(frozen=True, kw_only=True)
class Signature:
    """What is known of one signature.

    `problems` are grounds to refuse it, `doubts` not to rely on it alone, `notes` are neither.
    """

    field: str
    #: Common name of the certificate.
    signer: str
    subject: str
    #: Serial number of the certificate, decimal.
    serial: str
    issuer: str
    #: The time the signatory claims (/M); None when absent.
    signed_at: datetime | None
    #: The time proven by a timestamp token whose signature holds; None without one.
    stamped_at: datetime | None
    #: "B-B", "B-T", "B-LT" or "B-LTA" (ETSI EN 319 142-1 §6).
    level: str
    covers_whole_document: bool
    #: The bytes covered are those that were signed, and the signature value is right.
    intact: bool
    #: Whether its certificate leads to one of the trust roots given.
    trusted: bool
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    #: All of the file as it stood when signed, whatever was added since.
    covers_its_revision: bool = False
    #: Common name of the timestamp's certificate; empty without timestamp.
    stamp_authority: str = ""
    #: Whether that certificate leads to one of the trust roots given.
    stamp_trusted: bool = False
    #: Common name of the issuer.
    authority: str = ""
    #: Proofs that the certificate was not revoked, as the file holds them: "ocsp", "crl", or empty.
    revocation: str = ""
    #: « SHA-256, RSA de 3072 bits »
    algorithm: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    #: The seal of an organisation, and not a person's signature.
    seal: bool = False
    #: What came after it and takes nothing from it: nominal groups, in French.
    additions: tuple[str, ...] = ()
    #: What came after it and changes what is read: nominal groups, in French.
    changes: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The worst that is said of it; a signatory whom no known authority vouches for is doubtful at best."""
        if self.problems or not self.intact:
            return "refused"
        return "whole" if self.trusted and not self.doubts else "doubtful"


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """A timestamp over the whole document (B-LTA)."""

    authority: str
    stamped_at: datetime | None
    #: Its value is right, and it covers all of the file as it stood then.
    holds: bool
    trusted: bool


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The judgment on a file; its own `problems` and `doubts` concern the file as a whole."""

    signatures: tuple[Signature, ...]
    problems: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    stamps: tuple[Stamp, ...] = ()

    @property
    def valid(self) -> bool:
        """At least one signature, all intact and trusted, and nothing to reproach."""
        return bool(self.signatures) and not self.faults and all(s.intact and s.trusted for s in self.signatures)

    @property
    def faults(self) -> tuple[str, ...]:
        """Every problem and doubt, the file's then each signature's: an act of ours may have none."""
        own = (*self.problems, *self.doubts)
        return (*own, *(fault for s in self.signatures for fault in (*s.problems, *s.doubts)))

    @property
    def outcome(self) -> Outcome:
        """The worst of all; a file without signature is doubtful."""
        met = {s.outcome for s in self.signatures} or {"doubtful"}
        if self.problems or "refused" in met:
            return "refused"
        return "doubtful" if self.doubts or "doubtful" in met else "whole"
