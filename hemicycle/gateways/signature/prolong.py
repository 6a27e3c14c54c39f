"""Prolonging the proof of a signed file: fresh proofs of status and a document timestamp, after its own bytes."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509

from hemicycle.protocols.pades.frozen import Unsignable
from hemicycle.protocols.pades.prepare import SignatureRefused
from hemicycle.protocols.pades.stamp import certificates_in, finish_stamp, prepare_stamp

from .errors import Rejected
from .evidence import bundled, proofs_of
from .exchanges import opened
from .timestamp import certificates_of, request_token, request_token_over

__all__ = ["prolong"]


def prolong(pdf: bytes, *, tsa_url: str, at: datetime, timeout: float = 15.0) -> bytes:
    """The file, then one incremental update: level B-LTA, or B-LTA renewed (ETSI EN 319 142-1 §5.4.3).

    Proofs that can no longer be had (an authority that has gone) are those that the file already holds. Raises
    Unreachable (timestamping service silent) and Rejected (no signed PDF).
    """
    with opened(timeout) as client:
        try:
            held = certificates_in(pdf)
            unit = certificates_of(request_token(client, tsa_url, pdf))
            known = [x509.load_der_x509_certificate(c) for c in dict.fromkeys([*held, *unit])]
            unstamped = prepare_stamp(pdf, evidence=bundled(known, proofs_of(client, known, at=at)))
            return finish_stamp(unstamped, token=request_token_over(client, tsa_url, unstamped.digest))
        except (Unsignable, SignatureRefused) as refusal:
            raise Rejected(str(refusal)) from refusal
        except ValueError as cause:
            raise Rejected("Un certificat du fichier est illisible.") from cause
