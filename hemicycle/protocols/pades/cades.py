"""The CMS part of a PAdES signature (RFC 5652, ETSI EN 319 122-1 §5): attributes, envelope, timestamp.

No signing-time attribute: PAdES puts the time in the PDF (/M) only (ETSI EN 319 142-1 §6.3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from asn1crypto import algos, cms, core, tsp, x509

__all__ = ["assemble", "signed_attributes", "stamps", "stamps_digest"]


def signed_attributes(digest: bytes, certificate: bytes) -> cms.CMSAttributes:
    """What is really signed: the document's SHA-256 and the reference of the certificate (DER)."""
    reference = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate).digest()})
    values: list[tuple[str, core.Asn1Value]] = [
        ("content_type", cms.ContentType("data")),
        ("message_digest", core.OctetString(digest)),
        ("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [reference]})),
    ]
    return cms.CMSAttributes([_attribute(kind, value) for kind, value in values])


def assemble(to_be_signed: bytes, *, signature: bytes, certificates: Sequence[bytes], token: bytes | None) -> bytes:
    """The DER of the SignedData; the first certificate is the signatory's."""
    known = [x509.Certificate.load(c) for c in certificates]
    holder = known[0]
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    mechanism = "sha256_ecdsa" if holder.public_key.algorithm == "ec" else "sha256_rsa"
    sid = {"issuer": holder.issuer, "serial_number": holder.serial_number}
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(sid)}),
        "digest_algorithm": sha256,
        "signed_attrs": cms.CMSAttributes.load(to_be_signed),
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": mechanism}),
        "signature": signature,
    }
    if token is not None:
        stamped = _attribute("signature_time_stamp_token", cms.ContentInfo.load(token))
        signer["unsigned_attrs"] = cms.CMSAttributes([stamped])
    content = {
        "version": "v1",
        "digest_algorithms": cms.DigestAlgorithms([sha256]),
        "encap_content_info": {"content_type": "data"},
        "certificates": known,
        "signer_infos": [cms.SignerInfo(signer)],
    }
    envelope = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)})
    return bytes(envelope.dump())


def stamps(token: bytes, signature: bytes) -> bool:
    """Whether the RFC 3161 token bears on this signature value (its own signature is not checked here)."""
    try:
        algorithm, imprint = _imprint(token)
        return hashlib.new(algorithm, signature).digest() == imprint
    except (ValueError, TypeError, KeyError):
        return False


def stamps_digest(token: bytes, digest: bytes) -> bool:
    """Whether the RFC 3161 token bears on what has this SHA-256 (its own signature is not checked here)."""
    try:
        return _imprint(token) == ("sha256", digest)
    except (ValueError, TypeError, KeyError):
        return False


def _imprint(token: bytes) -> tuple[str, bytes]:
    info = cms.ContentInfo.load(token)["content"]["encap_content_info"]["content"].parsed
    imprint = info["message_imprint"]
    return str(imprint["hash_algorithm"]["algorithm"].native), bytes(imprint["hashed_message"].native)


def _attribute(kind: str, value: core.Asn1Value) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})
