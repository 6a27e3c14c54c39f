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

    def context(self, moment: datetime | None) -> ValidationContext:
        """A validation that fetches nothing.

        Retroactive, because the proofs embedded were fetched seconds before the signature.
        """
        return ValidationContext(
            trust_roots=self.roots,
            other_certs=self.others,
            ocsps=self.ocsps,
            crls=self.crls,
            moment=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
            retroactive_revinfo=True,
        )

    def status_of(self, certificate: x509.Certificate) -> str:
        """The kind of proof of status held for a certificate: "ocsp", "crl", or empty."""
        given = (r for r in self.ocsps if r["response_status"].native == "successful")
        answers = (single for response in given for single in response.response_data["responses"])
        if any(a["cert_id"]["serial_number"].native == certificate.serial_number for a in answers):
            return "ocsp"
        return "crl" if any(listed.issuer == certificate.issuer for listed in self.crls) else ""
