"""What certificates are judged by, and what the file itself holds to prove that they were good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import ValidationContext

__all__ = ["Known"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What certificates are judged by, and the proofs found in the file."""

    roots: list[x509.Certificate]
    others: list[x509.Certificate]
    ocsps: list[ocsp.OCSPResponse]
    crls: list[crl.CertificateList]
    at: datetime | None

    def context(self, moment: datetime | None, *, besides: x509.Certificate | None = None) -> ValidationContext:
        """A validation that fetches nothing.

        Retroactive, because the proofs embedded were fetched seconds before the signature. Answers about `besides` are
        left out: pyHanko takes one about another certificate of the same authority for a proof that fails.
        """
        return ValidationContext(
            trust_roots=self.roots,
            other_certs=self.others,
            ocsps=[one for one in self.ocsps if besides is None or not _speaks_of(one, besides)],
            crls=self.crls,
            moment=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
            retroactive_revinfo=True,
        )

    def status_of(self, certificate: x509.Certificate) -> str:
        """The kind of proof of status held for a certificate: "ocsp", "crl", or empty."""
        if any(_speaks_of(response, certificate) for response in self.ocsps):
            return "ocsp"
        return "crl" if any(listed.issuer == certificate.issuer for listed in self.crls) else ""


def _speaks_of(response: ocsp.OCSPResponse, certificate: x509.Certificate) -> bool:
    if response["response_status"].native != "successful":
        return False
    answers = response.response_data["responses"]
    return any(one["cert_id"]["serial_number"].native == certificate.serial_number for one in answers)
