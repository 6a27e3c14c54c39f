"""Signing an act with a certificate kept in a PKCS#12 file: status asked, PAdES made, timestamp embedded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates
from cryptography.x509.oid import NameOID

from hemicycle.protocols.pades.frozen import Unsignable
from hemicycle.protocols.pades.prepare import Evidence, SignatureRefused, finish, prepare

from .errors import Rejected, Unreachable
from .exchanges import opened
from .status import Standing, standing_of
from .timestamp import certificates_of, request_token

__all__ = ["Pkcs12Signer", "Signer"]


class Signer(Protocol):
    """What a courier asks of whoever signs."""

    @property
    def certificate(self) -> bytes:
        """The signatory's certificate, in DER."""

    @property
    def signer_name(self) -> str:
        """The common name of the certificate."""

    def sign(self, pdf: bytes, *, at: datetime, reason: str, location: str, contact: str = "") -> bytes:
        """The signed file: `pdf`, then one incremental update. Raises Unreachable, Rejected."""


class Pkcs12Signer:
    """A signatory whose key is in a PKCS#12 file; the key is read once, at construction.

    Produces PAdES B-T, and B-LT whenever the proofs of status of the signatory's chain could be gathered, in one
    revision. `chain` completes the certificates of the file (DER). Raises Rejected on a wrong passphrase or file.
    """

    def __init__(
        self,
        pkcs12: bytes,
        passphrase: str,
        *,
        tsa_url: str,
        chain: Sequence[bytes] = (),
        ocsp_url: str = "",
        timeout: float = 15.0,
    ) -> None:
        try:
            key, certificate, others = load_key_and_certificates(pkcs12, passphrase.encode())
        except ValueError as cause:
            raise Rejected("Le certificat ne s’ouvre pas : fichier illisible ou mot de passe erroné.") from cause
        if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise Rejected("Le fichier de certificat ne contient pas une clé RSA ou ECDSA avec son certificat.")
        self._key, self._certificate = key, certificate
        self._issuers = _ascend(certificate, [*others, *map(x509.load_der_x509_certificate, chain)])
        self._tsa_url, self._ocsp_url, self._timeout = tsa_url, ocsp_url, timeout
        self._unit: list[bytes] = []

    @property
    def certificate(self) -> bytes:
        """The signatory's certificate, in DER."""
        return self._certificate.public_bytes(Encoding.DER)

    @property
    def signer_name(self) -> str:
        """The common name of the certificate."""
        names = self._certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else self._certificate.subject.rfc4514_string()

    def sign(self, pdf: bytes, *, at: datetime, reason: str, location: str, contact: str = "") -> bytes:
        """The signed file: `pdf`, then one incremental update.

        Raises Unreachable (authority or timestamping service silent: nothing is lost, try again) and Rejected
        (certificate expired or revoked, document that cannot be signed).
        """
        self._check_certificate(at)
        with opened(self._timeout) as client:
            evidence = self._evidence(client, at=at)
            try:
                prepared = prepare(
                    pdf,
                    certificate=self.certificate,
                    chain=[c.public_bytes(Encoding.DER) for c in self._issuers if c.subject != c.issuer],
                    at=at,
                    reason=reason,
                    location=location,
                    name=self.signer_name,
                    contact=contact,
                    evidence=evidence,
                )
                value = self._value(prepared.to_be_signed)
                return finish(prepared, signature=value, token=request_token(client, self._tsa_url, value))
            except (Unsignable, SignatureRefused) as refusal:
                raise Rejected(str(refusal)) from refusal

    def _check_certificate(self, at: datetime) -> None:
        if not _signs_documents(self._certificate):
            raise Rejected(f"Le certificat de « {self.signer_name} » n’est pas destiné à la signature de documents.")
        if at > self._certificate.not_valid_after_utc:
            ended = self._certificate.not_valid_after_utc.strftime("%d/%m/%Y")
            raise Rejected(f"Le certificat de « {self.signer_name} » a expiré le {ended} : il doit être renouvelé.")
        if at < self._certificate.not_valid_before_utc:
            raise Rejected(f"Le certificat de « {self.signer_name} » n’est pas encore en cours de validité.")

    def _evidence(self, client: httpx.Client, *, at: datetime) -> Evidence:
        """The proofs to embed. The signatory's own is required; those of the services are taken if they come."""
        if not self._issuers:
            raise Rejected(f"L’autorité qui a délivré le certificat de « {self.signer_name} » n’est pas connue.")
        own = standing_of(client, self._certificate, self._issuers[0], at=at, ocsp_url=self._ocsp_url)
        if own.revoked_at is not None:
            since = own.revoked_at.strftime("%d/%m/%Y")
            raise Rejected(f"Le certificat de « {self.signer_name} » est révoqué depuis le {since}.")
        if not self._unit:
            self._unit = certificates_of(request_token(client, self._tsa_url, self.certificate))
        unit = [x509.load_der_x509_certificate(c) for c in self._unit]
        proofs = [own, *_proofs_of(client, [*unit, *self._issuers], at=at)]
        known = {c.public_bytes(Encoding.DER): None for c in (self._certificate, *self._issuers, *unit)}
        return Evidence(
            certificates=list(known),
            ocsp_responses=[p.ocsp_response for p in proofs if p.ocsp_response is not None],
            crls=[p.crl for p in proofs if p.crl is not None],
        )

    def _value(self, to_be_signed: bytes) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(to_be_signed, padding.PKCS1v15(), SHA256())
        return self._key.sign(to_be_signed, ec.ECDSA(SHA256()))


def _signs_documents(certificate: x509.Certificate) -> bool:
    """Whether the key usage commits its holder (RFC 5280 §4.2.1.3, nonRepudiation)."""
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value.content_commitment
    except x509.ExtensionNotFound:
        return True


def _proofs_of(client: httpx.Client, known: list[x509.Certificate], *, at: datetime) -> list[Standing]:
    proofs = []
    for certificate in dict.fromkeys(known):
        issuers = _ascend(certificate, known)
        if not issuers:
            continue
        try:
            proofs.append(standing_of(client, certificate, issuers[0], at=at))
        except (Unreachable, Rejected):
            # Their absence lowers the level of the archive's proof, not the validity of the signature.
            continue
    return proofs


def _ascend(certificate: x509.Certificate, known: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """The certificates above this one, nearest first, as far as they are known."""
    found: list[x509.Certificate] = []
    current = certificate
    while current.issuer != current.subject:
        above = next((c for c in known if c.subject == current.issuer and c not in found), None)
        if above is None:
            break
        found.append(above)
        current = above
    return found
