"""A signature made elsewhere, apart from the file: the bytes to be signed go out, a detached CMS comes back.

RFC 5652 (SignedData, detached) with the attributes of ETSI EN 319 122-1 §5: any tool that makes CAdES does. What it
signs is all of the PDF but the hole where the CMS goes; a timestamp may join the CMS afterwards.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from asn1crypto import cms, pem
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from . import revision
from .frozen import Unsignable
from .prepare import TOKEN_ROOM, SignatureRefused

__all__ = ["blank", "blob_of", "embed", "is_cms", "unstamped_value", "with_token"]

#: Room for the certificates and attributes that another tool may bring, in bytes of DER.
CMS_ROOM = 20 * 1024
#: Larger than any: it is not a signature.
MAXIMUM = 256 * 1024
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_OF_SIGNER = ("version", "sid", "digest_algorithm", "signed_attrs", "signature_algorithm", "signature")
_OF_SIGNED = ("version", "digest_algorithms", "encap_content_info", "certificates")
_REFERENCES = {"signing_certificate_v2", "signing_certificate"}


def blank(pdf: bytes, *, at: datetime, reason: str = "", location: str = "", name: str = "") -> bytes:
    """The frozen PDF with room for a signature whose certificate is not known yet. Raises Unsignable."""
    if not pdf.endswith(b"\n"):
        raise Unsignable("Le document à signer doit se terminer par un saut de ligne.")
    placeholder = SignatureObject(
        bytes_reserved=2 * (TOKEN_ROOM + CMS_ROOM),
        subfilter=SigSeedSubFilter.PADES,
        timestamp=at,
        name=name or None,
        location=location or None,
        reason=reason or None,
    )
    document, _ = revision.make_room(pdf, placeholder, None, field="Signature")
    return document


def blob_of(document: bytes) -> bytes:
    """What is signed: all of the file but its hole. Raises SignatureRefused."""
    start, end = _hole(document)
    return document[:start] + document[end:]


def is_cms(data: bytes) -> bool:
    """Whether it may be a CMS, in DER or in PEM; nothing more is said of it."""
    return data[:1] == b"\x30" or data.lstrip().startswith(b"-----BEGIN")


def embed(document: bytes, content: bytes) -> bytes:
    """The document with that detached CMS in its hole. Raises SignatureRefused, with what the tool should do."""
    envelope = _read(content)
    signed = envelope["content"]
    if signed["encap_content_info"]["content"].native is not None:
        raise SignatureRefused("La signature apportée contient le document ; il faut une signature détachée.")
    if len(signed["signer_infos"]) != 1:
        raise SignatureRefused("La signature apportée doit porter un seul signataire.")
    signer = signed["signer_infos"][0]
    attributes = {each["type"].native: each["values"] for each in signer["signed_attrs"]}
    algorithm = signer["digest_algorithm"]["algorithm"].native
    if algorithm not in ("sha256", "sha384", "sha512"):
        raise SignatureRefused("La signature apportée n’emploie pas SHA-256 ; choisissez SHA-256 dans votre outil.")
    digest = attributes["message_digest"][0].native if "message_digest" in attributes else b""
    if digest != hashlib.new(algorithm, blob_of(document)).digest():
        raise SignatureRefused(
            "La signature apportée ne porte pas sur le bloc de cet acte ; signez le fichier téléchargé, tel quel."
        )
    if not _REFERENCES & set(attributes):
        raise SignatureRefused(
            "La signature apportée ne désigne pas son certificat ; demandez à votre outil le format CAdES."
        )
    if not signed["certificates"].native:
        raise SignatureRefused("La signature apportée ne contient pas le certificat du signataire ; joignez-le.")
    return _filled(document, envelope)


def unstamped_value(pdf: bytes) -> bytes | None:
    """The value of the last signature when it bears no timestamp yet; None otherwise. Raises SignatureRefused."""
    signer = _held(pdf)["content"]["signer_infos"][0]
    unsigned = signer["unsigned_attrs"] if isinstance(signer["unsigned_attrs"], cms.CMSAttributes) else ()
    if any(each["type"].native == "signature_time_stamp_token" for each in unsigned):
        return None
    return bytes(signer["signature"].native)


def with_token(pdf: bytes, token: bytes) -> bytes:
    """The same file, its signature timestamped by that RFC 3161 token. Raises SignatureRefused."""
    signed = _held(pdf)["content"]
    signer = signed["signer_infos"][0]
    kept = list(signer["unsigned_attrs"]) if isinstance(signer["unsigned_attrs"], cms.CMSAttributes) else []
    stamp = cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(token)]})
    # Built anew from the same parts: encoding the old one by force would decode the token down to its last byte.
    info = {name: signer[name] for name in _OF_SIGNER} | {"unsigned_attrs": cms.CMSAttributes([*kept, stamp])}
    content = {name: signed[name] for name in _OF_SIGNED} | {"signer_infos": [cms.SignerInfo(info)]}
    if isinstance(signed["crls"], cms.RevocationInfoChoices):
        content["crls"] = signed["crls"]
    envelope = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)})
    start, end = _hole(pdf)
    emptied = pdf[: start + 1] + b"0" * (end - start - 2) + pdf[end - 1 :]
    return _filled(emptied, envelope)


def _read(content: bytes) -> cms.ContentInfo:
    wrong = SignatureRefused("Le fichier apporté n’est pas une signature CMS (.p7s) lisible.")
    if len(content) > MAXIMUM:
        raise wrong
    try:
        der = pem.unarmor(content)[2] if pem.detect(content) else content
        envelope = cms.ContentInfo.load(der, strict=True)
        if envelope["content_type"].native != "signed_data":
            raise wrong
        # Decoded whole: what is malformed is refused here, and not half-way.
        _ = [each["type"].native for info in envelope["content"]["signer_infos"] for each in info["signed_attrs"]]
    except (ValueError, TypeError, LookupError, AttributeError) as cause:
        raise wrong from cause
    return envelope


def _held(pdf: bytes) -> cms.ContentInfo:
    """The CMS in the hole, without the zeros that fill it."""
    start, end = _hole(pdf)
    try:
        return cms.ContentInfo.load(bytes.fromhex(pdf[start + 1 : end - 1].decode("ascii")))
    except ValueError as cause:
        raise SignatureRefused("La signature du fichier est illisible.") from cause


def _filled(document: bytes, envelope: cms.ContentInfo) -> bytes:
    start, end = hole = _hole(document)
    content = bytes(envelope.dump())
    if 2 * len(content) > end - start - 2:
        raise SignatureRefused("La signature apportée est plus longue que la place réservée dans le document.")
    return revision.fill(document, hole=hole, content=content)


def _hole(document: bytes) -> tuple[int, int]:
    """Where the last signature's hole starts and ends, its angle brackets included."""
    found = list(_BYTE_RANGE.finditer(document))
    if not found:
        raise SignatureRefused("Le document n’a pas de place pour une signature.")
    start, end, rest = (int(found[-1][n]) for n in (1, 2, 3))
    if end + rest != len(document) or document[start : start + 1] != b"<" or document[end - 1 : end] != b">":
        raise SignatureRefused("Le document n’a pas de place pour une signature.")
    return start, end
