"""Whom the installation recognises as authorities of its signatories."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from django.conf import settings

from hemicycle.gateways.signature.errors import Rejected


def trust_roots() -> list[bytes]:
    """The authorities to which the signatory's certificate must lead, in DER; none when no file is set.

    Raises Rejected when the file cannot be read: no signature is recorded unjudged by mistake.
    """
    if not settings.SIGNATURE_TRUST:
        return []
    try:
        found = load_pem_x509_certificates(Path(settings.SIGNATURE_TRUST).read_bytes())
    except (OSError, ValueError) as error:
        raise Rejected(
            "Le fichier des autorités de signature reconnues est illisible ; l’administrateur doit vérifier "
            "HEMICYCLE_SIGNATURE_TRUST."
        ) from error
    return [certificate.public_bytes(Encoding.DER) for certificate in found]
