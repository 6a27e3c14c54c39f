"""The proofs of status that are embedded beside a signature, gathered from the authorities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from hemicycle.protocols.pades.revision import Evidence

from .errors import Rejected, Unreachable
from .status import Standing, standing_of

__all__ = ["ascend", "bundled", "der", "proofs_of"]


def der(certificate: x509.Certificate) -> bytes:
    """The certificate as it travels."""
    return certificate.public_bytes(Encoding.DER)


def ascend(certificate: x509.Certificate, known: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """The certificates above this one, nearest first, as far as they are known."""
    found: list[x509.Certificate] = []
    current = certificate
    while current.issuer != current.subject:
        above = next((c for c in known if c.subject == current.issuer and c not in found), None)
        if above is None:
            break
        found.append(above)
        current = above
    return found


def proofs_of(
    client: httpx.Client, known: Sequence[x509.Certificate], *, at: datetime, required: bool = False
) -> list[Standing]:
    """The standing of each certificate whose issuer is known too, self-signed ones left out.

    What cannot be had is left out, unless it is `required`: then raises Unreachable, Rejected.
    """
    proofs = []
    for certificate in dict.fromkeys(known):
        issuers = ascend(certificate, known)
        if not issuers:
            continue
        try:
            proofs.append(standing_of(client, certificate, issuers[0], at=at))
        except (Unreachable, Rejected) as failure:
            if required:
                raise Unreachable(f"Une preuve de validité manque pour l’archivage : {failure}") from failure
    return proofs


def bundled(certificates: Iterable[x509.Certificate], proofs: Sequence[Standing]) -> Evidence:
    """What is embedded: each certificate and each proof once."""
    return Evidence(
        certificates=list(dict.fromkeys(map(der, certificates))),
        ocsp_responses=list(dict.fromkeys(p.ocsp_response for p in proofs if p.ocsp_response is not None)),
        crls=list(dict.fromkeys(p.crl for p in proofs if p.crl is not None)),
    )
