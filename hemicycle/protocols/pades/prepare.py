"""Signing in two acts with a wait between them: prepare (freeze, make room, compute) and finish (embed).

Whoever holds the key, here, on a token or at a remote service, signs `Prepared.to_be_signed` in between.
Format: PAdES baseline B-B, B-T with a timestamp, B-LT with proofs of status (ETSI EN 319 142-1 §6), SHA-256,
invisible field, everything in one incremental update so that the signature covers the whole file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from asn1crypto import crl, ocsp, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest, SignatureObject
from pyhanko.sign.validation.dss import DocumentSecurityStore

from . import cades
from .frozen import Unsignable, digest_of
from .judgment import BROKEN

__all__ = ["Evidence", "Prepared", "SignatureRefused", "finish", "prepare"]

#: Room kept for a timestamp token and its certificates, in bytes of DER.
TOKEN_ROOM = 12 * 1024


class SignatureRefused(ValueError):
    """The signature value does not answer what was prepared; nothing is embedded."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Proofs of status embedded beside the signature (level B-LT), in DER.

    Gathered before signing, since the signature must cover them: the validator finds here that the
    certificates were good when they were used.
    """

    certificates: Sequence[bytes] = ()
    ocsp_responses: Sequence[bytes] = ()
    crls: Sequence[bytes] = ()


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


class _Update(IncrementalPdfFileWriter):
    """An update that adds the signature and nothing else.

    pyHanko would rewrite the producer and the modification date, from its own clock; those of an act are frozen.
    """

    def _update_meta(self) -> None:
        pass


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
    document, digest = _make_room(pdf, placeholder, evidence)
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
    output = BytesIO(prepared.document)
    reserved = PreparedByteRangeDigest(document_digest=b"", reserved_region_start=start, reserved_region_end=end)
    reserved.fill_with_cms(output, content)
    return output.getvalue()


def _make_room(
    pdf: bytes, placeholder: SignatureObject, evidence: Evidence | None
) -> tuple[bytes, PreparedByteRangeDigest]:
    try:
        writer = _Update(BytesIO(pdf))
        if writer.prev.encrypted:
            raise Unsignable("Le document à signer est chiffré.")
        embedder = PdfCMSEmbedder().write_cms(field_name=_free_name(writer), writer=writer)
        next(embedder)
        writer.register_extension(ESIC_EXTENSION_1)
        if evidence is not None:
            _add_evidence(writer, evidence)
        embedder.send(SigObjSetup(sig_placeholder=placeholder))
        digest, output = embedder.send(SigIOSetup(md_algorithm="sha256"))
        return output.getvalue(), digest
    except Unsignable:
        raise
    except BROKEN as cause:
        raise Unsignable("Le document à signer n’est pas un PDF utilisable.") from cause


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


def _free_name(writer: IncrementalPdfFileWriter) -> str:
    taken = {signature.field_name for signature in writer.prev.embedded_signatures}
    return next(f"Signature{n}" for n in range(1, len(taken) + 2) if f"Signature{n}" not in taken)


def _add_evidence(writer: IncrementalPdfFileWriter, evidence: Evidence) -> None:
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[x509.Certificate.load(c) for c in evidence.certificates],
        ocsps=[ocsp.OCSPResponse.load(r) for r in evidence.ocsp_responses],
        crls=[crl.CertificateList.load(c) for c in evidence.crls],
    )
