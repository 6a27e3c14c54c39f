"""The document timestamp of level B-LTA: one more incremental update over the signature and its proofs.

ETSI EN 319 142-1 §5.4.3: a RFC 3161 token over the whole file, proofs included, so that these stay credible when
the certificates and algorithms of the day are gone. It can be added at once or years later, and again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO

from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError

from . import cades, revision
from .frozen import Unsignable
from .judgment import BROKEN
from .prepare import TOKEN_ROOM, SignatureRefused
from .revision import Evidence

__all__ = ["Unstamped", "certificates_in", "finish_stamp", "prepare_stamp"]


@dataclass(frozen=True, kw_only=True)
class Unstamped:
    """A signed file waiting for the token over it."""

    #: The whole file, its hole still filled with zeros.
    document: bytes = field(repr=False)
    #: SHA-256 of all but the hole: what the token must stamp.
    digest: bytes
    hole: tuple[int, int]


def prepare_stamp(pdf: bytes, *, evidence: Evidence | None = None) -> Unstamped:
    """Make room for a document timestamp after a signed PDF; `evidence` joins the proofs already there.

    Raises Unsignable when the file carries no signature, or cannot be extended.
    """
    try:
        signed = _is_signed(PdfFileReader(BytesIO(pdf)))
    except BROKEN as cause:
        raise Unsignable("Le document à horodater n’est pas un PDF utilisable.") from cause
    if not signed:
        raise Unsignable("Le document à horodater ne porte aucune signature.")
    placeholder = DocumentTimestamp(bytes_reserved=2 * TOKEN_ROOM)  # type: ignore[no-untyped-call]
    document, digest = revision.make_room(pdf, placeholder, evidence, field="Horodatage")
    return Unstamped(
        document=document,
        digest=digest.document_digest,
        hole=(digest.reserved_region_start, digest.reserved_region_end),
    )


def finish_stamp(unstamped: Unstamped, *, token: bytes) -> bytes:
    """Embed the RFC 3161 token. Raises SignatureRefused when it stamps something else, or is too long."""
    if not cades.stamps_digest(token, unstamped.digest):
        raise SignatureRefused("Le jeton d’horodatage ne porte pas sur ce document.")
    start, end = unstamped.hole
    if 2 * len(token) > end - start - 2:
        raise SignatureRefused("Le jeton d’horodatage est plus long que la place réservée dans le document.")
    return revision.fill(unstamped.document, hole=unstamped.hole, content=token)


def certificates_in(pdf: bytes) -> list[bytes]:
    """Every certificate that the signatures, the timestamps and the proofs of a PDF bring along (DER), once each.

    Raises Unsignable when the file cannot be read.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        found: dict[bytes, None] = {}
        for signature in reader.embedded_signatures:
            for signed in (signature.signed_data, *_tokens(signature.signer_info)):
                found.update({bytes(c.chosen.dump()): None for c in signed["certificates"] or ()})
        with suppress(NoDSSFoundError):
            found.update({bytes(c.dump()): None for c in DocumentSecurityStore.read_dss(reader).load_certs()})
        return list(found)
    except BROKEN as cause:
        raise Unsignable("Le document à horodater n’est pas un PDF utilisable.") from cause


def _is_signed(reader: PdfFileReader) -> bool:
    filled = any("/V" in field and "/FT" in field and field["/FT"] == "/Sig" for field in revision.fields_of(reader))
    return filled or bool(reader.embedded_regular_signatures)


def _tokens(signer: cms.SignerInfo) -> list[cms.SignedData]:
    attributes = signer["unsigned_attrs"]
    kept = [a for a in attributes if a["type"].native == "signature_time_stamp_token"] if attributes.native else []
    return [value["content"] for attribute in kept for value in attribute["values"]]
