"""What the authority answers about the status of a certificate: OCSP (RFC 6960) and CRL (RFC 5280 §5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from .certificates import Holder

LIFE = timedelta(days=7)


def crl(issuer: Holder, revoked: Mapping[int, datetime], *, number: int, at: datetime) -> bytes:
    """The DER list of what this issuer has revoked, by serial number and date."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(at + LIFE)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    for serial, since in revoked.items():
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
        reason = x509.CRLReason(x509.ReasonFlags.cessation_of_operation)
        builder = builder.add_revoked_certificate(entry.add_extension(reason, critical=False).build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def answer(
    request: bytes,
    *,
    issuing: Holder,
    responder: Holder,
    issued: Mapping[int, object],
    revoked: Mapping[int, datetime],
    at: datetime,
) -> bytes:
    """The DER OCSP answer to one DER request; a request that cannot be read gets malformedRequest."""
    try:
        asked = ocsp.load_der_ocsp_request(request)
        serial = asked.serial_number
    except ValueError:
        return _refusal(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
    if not _ours(asked, issuing.certificate):
        return _refusal(ocsp.OCSPResponseStatus.UNAUTHORIZED)
    status = ocsp.OCSPCertStatus.GOOD if serial in issued else ocsp.OCSPCertStatus.UNKNOWN
    since = revoked.get(serial)
    if since is not None:
        status = ocsp.OCSPCertStatus.REVOKED
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response_by_hash(
            issuer_name_hash=asked.issuer_name_hash,
            issuer_key_hash=asked.issuer_key_hash,
            serial_number=serial,
            algorithm=asked.hash_algorithm,
            cert_status=status,
            this_update=at,
            next_update=at + LIFE,
            revocation_time=since,
            revocation_reason=x509.ReasonFlags.cessation_of_operation if since else None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
        .certificates([responder.certificate])
    )
    for nonce in (e.value for e in asked.extensions if isinstance(e.value, x509.OCSPNonce)):
        builder = builder.add_extension(nonce, critical=False)
    return builder.sign(responder.key, hashes.SHA256()).public_bytes(Encoding.DER)


def _ours(asked: ocsp.OCSPRequest, issuer: x509.Certificate) -> bool:
    digest = hashes.Hash(asked.hash_algorithm)
    digest.update(issuer.subject.public_bytes())
    return digest.finalize() == asked.issuer_name_hash


def _refusal(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)
