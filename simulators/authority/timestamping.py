"""Timestamp tokens (RFC 3161) signed by the authority's timestamping unit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from .certificates import Holder

#: A made-up policy under the UUID arc (ITU-T X.667), so that it belongs to nobody.
POLICY = "2.25.305211674512377412355284133271045873391"
DIGESTS = {"sha256": 32, "sha384": 48, "sha512": 64}


class Refusal(core.Sequence):  # type: ignore[misc]
    """A TimeStampResp without token: asn1crypto's own class makes the token mandatory, the RFC does not."""

    _fields = [("status", tsp.PKIStatusInfo)]


@dataclass(frozen=True, kw_only=True)
class Token:
    """One answer of the timestamping service; `gen_time` is None when it refused."""

    response: bytes
    imprint: str = ""
    serial: int = 0
    gen_time: datetime | None = None


def timestamp(request: bytes, *, unit: Holder, issuing: Holder, serial: int, at: datetime) -> Token:
    """Answer one DER TimeStampReq at the given time.

    An unreadable request or a weak digest gets a rejection with its PKIFailureInfo (RFC 3161 §2.4.2).
    """
    try:
        asked = tsp.TimeStampReq.load(request, strict=True)
        algorithm = asked["message_imprint"]["hash_algorithm"]["algorithm"].native
        imprint: bytes = asked["message_imprint"]["hashed_message"].native
        wants_certificates = bool(asked["cert_req"].native)
    except (ValueError, TypeError, KeyError):
        return _rejection("bad_data_format", "Demande d’horodatage illisible.")
    if algorithm not in DIGESTS:
        return _rejection("bad_alg", "Algorithme d’empreinte non accepté : SHA-256, SHA-384 ou SHA-512.")
    if len(imprint) != DIGESTS[algorithm]:
        return _rejection("bad_data_format", "La longueur de l’empreinte ne convient pas à son algorithme.")
    info = _info(asked, unit, serial=serial, at=at)
    chain = [unit.certificate, issuing.certificate] if wants_certificates else []
    token = _signed(info.dump(), unit, [_asn1(c) for c in chain])
    response = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
    return Token(response=response.dump(), imprint=imprint.hex(), serial=serial, gen_time=at)


def _info(asked: tsp.TimeStampReq, unit: Holder, *, serial: int, at: datetime) -> tsp.TSTInfo:
    subject = _asn1(unit.certificate).subject
    content = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": asked["message_imprint"],
        "serial_number": serial,
        "gen_time": at.replace(microsecond=0),
        "accuracy": {"seconds": 1},
        "tsa": x509.GeneralName(name="directory_name", value=subject),
    }
    if asked["nonce"].native is not None:
        content["nonce"] = asked["nonce"]
    return tsp.TSTInfo(content)


def _signed(info: bytes, unit: Holder, certificates: list[x509.Certificate]) -> cms.ContentInfo:
    certificate = _asn1(unit.certificate)
    attributes = _attributes(info, certificate)
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    sid = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(sid)}),
            "digest_algorithm": sha256,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "rsassa_pkcs1v15"}),
            "signed_attrs": attributes,
            "signature": unit.key.sign(attributes.dump(), PKCS1v15(), hashes.SHA256()),
        }
    )
    content = {
        "version": "v3",
        "digest_algorithms": cms.DigestAlgorithms([sha256]),
        "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(info)},
        "signer_infos": [signer],
    }
    if certificates:
        content["certificates"] = certificates
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)})


def _attributes(info: bytes, certificate: x509.Certificate) -> cms.CMSAttributes:
    reference = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate.dump()).digest()})
    values: list[tuple[str, core.Asn1Value]] = [
        ("content_type", cms.ContentType("tst_info")),
        ("message_digest", core.OctetString(hashlib.sha256(info).digest())),
        ("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [reference]})),
    ]
    return cms.CMSAttributes([cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in values])


def _rejection(failure: str, sentence: str) -> Token:
    status = tsp.PKIStatusInfo(
        {
            "status": "rejection",
            "status_string": tsp.PKIFreeText([core.UTF8String(sentence)]),
            "fail_info": {failure},
        }
    )
    return Token(response=Refusal({"status": status}).dump())


def _asn1(certificate: Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))
