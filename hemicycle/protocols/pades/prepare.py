"""Signing in two acts with a wait between them: prepare (freeze, make room, compute) and finish (embed).

Whoever holds the key, here, on a token or at a remote service, signs `Prepared.to_be_signed` in between.
Format: PAdES baseline B-B, B-T with a timestamp, B-LT with proofs of status (ETSI EN 319 142-1 §6), SHA-256,
invisible field, everything in one incremental update so that the signature covers the whole file. Level B-LTA adds
a document timestamp in an update of its own: see `stamp`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from . import cades, revision
from .frozen import Unsignable, digest_of
from .revision import Evidence

__all__ = ["Evidence", "Prepared", "SignatureRefused", "finish", "prepare"]

#: Room kept for a timestamp token and its certificates, in bytes of DER.
TOKEN_ROOM = 12 * 1024


class SignatureRefused(ValueError):
    """The signature value does not answer what was prepared; nothing is embedded."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A document waiting for its signature; plain bytes and numbers, so that it can be stored meanwhile."""

    #: The whole file, its hole still filled with zeros.
    document: bytes = field(repr=False)
    #: SHA-256 of the frozen document, before the signature was prepared.
    frozen_digest: str
    #: What the key must sign: the DER of the signed attributes.
    to_be_signed: bytes = field(repr=False)
    #: DER of the signatory's certificate, then of the rest of its chain.
    certificates: tuple[bytes, ...] = field(repr=False)
    #: Where the hole starts and ends in `document`.
    hole: tuple[int, int]


def prepare(
    pdf: bytes,
    *,
    certificate: bytes,
    chain: Sequence[bytes] = (),
    at: datetime,
    reason: str = "",
    location: str = "",
    name: str = "",
    contact: str = "",
    evidence: Evidence | None = None,
) -> Prepared:
    """Make room for a signature in a frozen PDF and compute what is to be signed.

    `certificate` and `chain` are DER; `at` is written as the signing time (/M); `name`, the signatory's.
    Raises Unsignable: not a PDF, encrypted, or not ended by a newline (PDF/A 6.1.9-1 would then be broken).
    """
    if not pdf.endswith(b"\n"):
        raise Unsignable("Le document à signer doit se terminer par un saut de ligne.")
    certificates = (certificate, *chain)
    placeholder = SignatureObject(
        bytes_reserved=2 * (TOKEN_ROOM + sum(map(len, certificates))),
        subfilter=SigSeedSubFilter.PADES,
        timestamp=at,
        name=name or None,
        location=location or None,
        reason=reason or None,
        contact_info=contact or None,
    )
    document, digest = revision.make_room(pdf, placeholder, evidence, field="Signature")
    return Prepared(
        document=document,
        frozen_digest=digest_of(pdf),
        to_be_signed=cades.signed_attributes(digest.document_digest, certificate).dump(),
        certificates=certificates,
        hole=(digest.reserved_region_start, digest.reserved_region_end),
    )


def finish(prepared: Prepared, *, signature: bytes, token: bytes | None = None) -> bytes:
    """Embed the signature value, and the RFC 3161 token over it, into the prepared document.

    Raises SignatureRefused when the value was not made by the key of the certificate announced, or when the
    token stamps something else.
    """
    _check_value(prepared, signature)
    if token is not None and not cades.stamps(token, signature):
        raise SignatureRefused("Le jeton d’horodatage ne porte pas sur cette signature.")
    content = cades.assemble(
        prepared.to_be_signed, signature=signature, certificates=prepared.certificates, token=token
    )
    start, end = prepared.hole
    if 2 * len(content) > end - start - 2:
        raise SignatureRefused("La signature est plus longue que la place réservée dans le document.")
    return revision.fill(prepared.document, hole=prepared.hole, content=content)


def _check_value(prepared: Prepared, signature: bytes) -> None:
    certificate = x509.Certificate.load(prepared.certificates[0])
    key = load_der_public_key(certificate.public_key.dump())
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, prepared.to_be_signed, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, prepared.to_be_signed, ec.ECDSA(SHA256()))
        else:
            raise SignatureRefused("Seules les clés RSA et ECDSA sont acceptées.")
    except InvalidSignature as cause:
        raise SignatureRefused("La signature reçue n’a pas été produite par la clé du certificat annoncé.") from cause
