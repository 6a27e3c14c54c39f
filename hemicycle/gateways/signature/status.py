"""Asking an authority whether a certificate still stands: OCSP (RFC 6960), otherwise the CRL (RFC 5280)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from .errors import Rejected, Unreachable
from .exchanges import ask

SKEW = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the authority said of one certificate, and its proof: an OCSP answer or a list, in DER."""

    revoked_at: datetime | None
    ocsp_response: bytes | None = None
    crl: bytes | None = None


def standing_of(
    client: httpx.Client, certificate: x509.Certificate, issuer: x509.Certificate, *, at: datetime, ocsp_url: str = ""
) -> Standing:
    """The standing of a certificate, by OCSP, or by CRL when OCSP gives no answer.

    `ocsp_url` replaces the address written in the certificate. Raises Unreachable when neither answers.
    """
    url = ocsp_url or _ocsp_url(certificate)
    failure: Unreachable | Rejected | None = None
    if url:
        try:
            return _by_ocsp(client, url, certificate, issuer, at=at)
        except (Unreachable, Rejected) as cause:
            failure = cause
    for address in _crl_urls(certificate):
        try:
            return _by_crl(client, address, certificate, issuer, at=at)
        except (Unreachable, Rejected) as cause:
            failure = cause
    if failure is None:
        raise Rejected("Le certificat n’indique pas où vérifier qu’il n’est pas révoqué.")
    raise Unreachable(str(failure)) from failure


def _by_ocsp(
    client: httpx.Client, url: str, certificate: x509.Certificate, issuer: x509.Certificate, *, at: datetime
) -> Standing:
    nonce = secrets.token_bytes(16)
    # SHA-1 only names the issuer here (RFC 6960 §4.1.1); some responders know no other digest.
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, SHA1())  # noqa: S303
    request = builder.add_extension(x509.OCSPNonce(nonce), critical=False).build()
    body = ask(
        client,
        url,
        request.public_bytes(Encoding.DER),
        media_type="application/ocsp-request",
        service="répondeur OCSP",
    )
    try:
        answer = ocsp.load_der_ocsp_response(body)
        sound = (
            answer.response_status is ocsp.OCSPResponseStatus.SUCCESSFUL
            and answer.serial_number == certificate.serial_number
            and _signed(answer, issuer)
            and _fresh(answer, nonce, at=at)
        )
        status = answer.certificate_status if sound else ocsp.OCSPCertStatus.UNKNOWN
        since = answer.revocation_time_utc if status is ocsp.OCSPCertStatus.REVOKED else None
    except (ValueError, UnsupportedAlgorithm) as cause:
        raise Unreachable("La réponse du répondeur OCSP est illisible.") from cause
    if status is ocsp.OCSPCertStatus.UNKNOWN:
        raise Unreachable("Le répondeur OCSP n’a pas donné de réponse probante sur le certificat.")
    return Standing(revoked_at=since, ocsp_response=body)


def _by_crl(
    client: httpx.Client, url: str, certificate: x509.Certificate, issuer: x509.Certificate, *, at: datetime
) -> Standing:
    body = ask(client, url, None, media_type="", service="serveur de listes de révocation")
    try:
        listed = x509.load_der_x509_crl(body)
        genuine = listed.issuer == issuer.subject and listed.is_signature_valid(_public(issuer))
        entry = listed.get_revoked_certificate_by_serial_number(certificate.serial_number)
        until = listed.next_update_utc
    except (ValueError, TypeError, UnsupportedAlgorithm) as cause:
        raise Unreachable("La liste de révocation est illisible.") from cause
    if not genuine or (until is not None and until < at):
        raise Unreachable("La liste de révocation est périmée ou ne vient pas de l’autorité du certificat.")
    return Standing(revoked_at=entry.revocation_date_utc if entry is not None else None, crl=body)


def _signed(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Whether the issuer, or a responder it appointed, signed the answer (RFC 6960 §4.2.2.2)."""
    return any(_signed_by(answer, candidate) for candidate in (issuer, *_appointed(answer, issuer)))


def _appointed(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> list[x509.Certificate]:
    appointed = []
    for candidate in answer.certificates:
        try:
            candidate.verify_directly_issued_by(issuer)
            usage = candidate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            continue
        if ExtendedKeyUsageOID.OCSP_SIGNING in usage:
            appointed.append(candidate)
    return appointed


def _signed_by(answer: ocsp.OCSPResponse, candidate: x509.Certificate) -> bool:
    key, digest = candidate.public_key(), answer.signature_hash_algorithm or SHA256()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _fresh(answer: ocsp.OCSPResponse, nonce: bytes, *, at: datetime) -> bool:
    """Our own nonce proves the answer was made for us; without it, its dates must frame the moment."""
    for extension in answer.extensions:
        if isinstance(extension.value, x509.OCSPNonce):
            return extension.value.nonce == nonce
    until = answer.next_update_utc
    return answer.this_update_utc <= at + SKEW and (until is None or at <= until)


def _ocsp_url(certificate: x509.Certificate) -> str:
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return ""
    named = (a.access_location.value for a in access if a.access_method == AuthorityInformationAccessOID.OCSP)
    return str(next(named, ""))


def _crl_urls(certificate: x509.Certificate) -> list[str]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    names = [str(name.value) for point in points for name in point.full_name or ()]
    return [name for name in names if name.startswith(("http://", "https://"))]


def _public(issuer: x509.Certificate) -> rsa.RSAPublicKey | ec.EllipticCurvePublicKey:
    key = issuer.public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise TypeError
    return key
