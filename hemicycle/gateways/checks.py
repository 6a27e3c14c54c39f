"""What a test of an outside system finds: what works, what does not, with its remedy; the certificates met.

A test contacts the system as the couriers do, and sends nothing: no act, no package, no letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

__all__ = ["Certificate", "Finding", "Outcome", "Report", "Use", "certificate_of", "failed", "in_doubt", "works"]


class Outcome(StrEnum):
    """What a check found."""

    OK = "ok"
    #: It works today, or nothing could tell; a person should look.
    DOUBT = "doubt"
    FAILED = "failed"


class Use(StrEnum):
    """What a certificate serves for."""

    #: Ours, shown to the other side.
    CLIENT = "client"
    #: Shown by the other side.
    SERVER = "server"
    SIGNATORY = "signatory"
    #: Of the organisation, for copies and exports.
    SEAL = "seal"
    TIMESTAMP = "timestamp"
    #: An authority that the others are judged by.
    AUTHORITY = "authority"
    #: One of the many that the public page of verification knows.
    ROOT = "root"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One check: its title, its outcome, and two French sentences."""

    #: « Connexion », « Certificat du serveur », « Identifiant ».
    what: str
    outcome: Outcome
    #: What was found.
    sentence: str
    #: What to do; empty when it works.
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A certificate met, in use whatever it is worth."""

    use: Use
    #: Common name of the holder, or the whole name without one.
    subject: str
    issuer: str
    #: In hexadecimal, as openssl writes it.
    serial: str
    not_before: datetime
    not_after: datetime
    #: SHA-256 of the DER, in hexadecimal: what tells it from its renewal.
    fingerprint: str
    #: Where it is: a file, an address, a token.
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """All the findings of one test, in the order in which they were made."""

    findings: tuple[Finding, ...] = ()
    certificates: tuple[Certificate, ...] = ()

    @property
    def reached(self) -> bool:
        """Whether nothing failed."""
        return all(finding.outcome is not Outcome.FAILED for finding in self.findings)

    @property
    def outcome(self) -> Outcome:
        """The worst of its findings."""
        found = {finding.outcome for finding in self.findings}
        return next((each for each in (Outcome.FAILED, Outcome.DOUBT) if each in found), Outcome.OK)

    def __add__(self, other: Report) -> Report:
        return Report(
            findings=self.findings + other.findings,
            # A certificate met twice in a test is one certificate.
            certificates=tuple(dict.fromkeys(self.certificates + other.certificates)),
        )

    @classmethod
    def of(cls, *findings: Finding, certificates: Iterable[Certificate] = ()) -> Report:
        return cls(findings=findings, certificates=tuple(certificates))


def works(what: str, sentence: str) -> Finding:
    """A check that is all right."""
    return Finding(what=what, outcome=Outcome.OK, sentence=sentence)


def in_doubt(what: str, sentence: str, *, remedy: str) -> Finding:
    """A check that a person should look at."""
    return Finding(what=what, outcome=Outcome.DOUBT, sentence=sentence, remedy=remedy)


def failed(what: str, sentence: str, *, remedy: str) -> Finding:
    """A check that fails: the couriers cannot work so."""
    return Finding(what=what, outcome=Outcome.FAILED, sentence=sentence, remedy=remedy)


def certificate_of(certificate: x509.Certificate, *, use: Use, place: str = "") -> Certificate:
    """What is kept of a certificate met."""
    return Certificate(
        use=use,
        subject=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        serial=f"{certificate.serial_number:X}",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        place=place,
    )


def _name(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()
