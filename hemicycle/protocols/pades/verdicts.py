"""What a verification answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["Signature", "Verdict"]


@dataclass(frozen=True, kw_only=True)
class Signature:
    """What is known of one signature. `problems` are grounds to refuse it, `notes` are not."""

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


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The judgment on a file; its own `problems` concern the file as a whole."""

    signatures: tuple[Signature, ...]
    problems: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """At least one signature, all intact and trusted, and nothing to reproach."""
        return bool(self.signatures) and not self.faults and all(s.intact and s.trusted for s in self.signatures)

    @property
    def faults(self) -> tuple[str, ...]:
        """Every problem, the file's then each signature's."""
        return (*self.problems, *(problem for s in self.signatures for problem in s.problems))
