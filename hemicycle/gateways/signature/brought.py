"""A file signed elsewhere: whether the certificate that signed it stands, asked of its authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from hemicycle.protocols.pades.detached import unstamped_value, with_token
from hemicycle.protocols.pades.holders import last_holder
from hemicycle.protocols.pades.prepare import SignatureRefused

from .errors import Rejected
from .exchanges import opened
from .status import standing_of
from .timestamp import request_token

__all__ = ["Proof", "proof_of", "stamped"]


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What the authority answered, in DER, to be judged with the file."""

    ocsp_responses: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


def proof_of(signed: bytes, *, at: datetime, known: Sequence[bytes] = (), timeout: float = 15.0) -> Proof:
    """The standing of the certificate of the last signature of a PDF; `known` (DER) completes its chain.

    Raises Unreachable (authority silent: nothing is lost, try again) and Rejected (certificate unreadable, of an
    authority unknown, or revoked).
    """
    holder = last_holder(signed)
    if holder is None:
        raise Rejected("Le certificat du fichier signé est illisible ; signez de nouveau.")
    certificate = x509.load_der_x509_certificate(holder.certificate)
    others = [x509.load_der_x509_certificate(der) for der in (*holder.others, *known)]
    issuer = next((one for one in others if one.subject == certificate.issuer), None)
    if issuer is None:
        raise Rejected(
            f"L’autorité qui a délivré le certificat de « {holder.name} » n’est pas connue ; signez avec un certificat "
            "dont le fichier porte toute la chaîne."
        )
    with opened(timeout) as client:
        standing = standing_of(client, certificate, issuer, at=at)
    if standing.revoked_at is not None:
        raise Rejected(
            f"Le certificat de « {holder.name} » est révoqué depuis le {standing.revoked_at:%d/%m/%Y} ; il ne peut "
            "plus servir à signer."
        )
    return Proof(
        ocsp_responses=(standing.ocsp_response,) if standing.ocsp_response else (),
        crls=(standing.crl,) if standing.crl else (),
    )


def stamped(signed: bytes, *, tsa_url: str, timeout: float = 15.0) -> bytes:
    """The file with a timestamp on its last signature, unless it has one. Raises Unreachable, Rejected."""
    try:
        value = unstamped_value(signed)
        if value is None:
            return signed
        with opened(timeout) as client:
            return with_token(signed, request_token(client, tsa_url, value))
    except SignatureRefused as refusal:
        raise Rejected(str(refusal)) from refusal
