"""The certificates of the simulated authority: two of its own, two of its services, and those it issues.

Profiles follow RFC 5280; the seal's organisationIdentifier follows ETSI EN 319 412-1 §5.1.4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
    ObjectIdentifier,
)

#: Both a shifted clock and the real one must fall inside a certificate's life.
BEFORE = timedelta(days=2 * 365)
AFTER = timedelta(days=3 * 365)
ORGANISATION = "Autorité de certification simulée"
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")

Extension = tuple[x509.ExtensionType, bool]
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where a certificate says its status is to be asked."""

    crl: str
    ocsp: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Who asks for a certificate. `kind` is "person", "seal" or "tls"."""

    kind: str
    common_name: str
    given_name: str = ""
    surname: str = ""
    organisation: str = ""
    title: str = ""
    siren: str = ""
    email: str = ""


#: RGS asks 3072 bits of a signatory; the simulation's own four keys are shorter, so that it starts in a second.
SIGNATORY_BITS = 3072
OWN_BITS = 2048


def new_key(bits: int) -> rsa.RSAPrivateKey:
    """A fresh RSA key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def own_name(common_name: str) -> x509.Name:
    """The name of one of the authority's own certificates."""
    attributes = [(NameOID.COUNTRY_NAME, "FR"), (NameOID.ORGANIZATION_NAME, ORGANISATION)]
    attributes.append((NameOID.COMMON_NAME, common_name))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes])


def make_root(*, at: datetime) -> Holder:
    """The self-signed root."""
    key = new_key(OWN_BITS)
    name = own_name("Racine simulée Hémicycle")
    extensions: list[Extension] = [
        (x509.BasicConstraints(ca=True, path_length=1), True),
        (_usage(key_cert_sign=True, crl_sign=True), True),
    ]
    return Holder(certificate=_sign(name, key.public_key(), None, key, at=at, extensions=extensions), key=key)


def make_issuing(root: Holder, *, addresses: Addresses, at: datetime) -> Holder:
    """The authority that issues everything else."""
    key = new_key(OWN_BITS)
    extensions: list[Extension] = [
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (_usage(key_cert_sign=True, crl_sign=True), True),
        *_status(addresses),
    ]
    name = own_name("Autorité délivrante simulée Hémicycle")
    return Holder(
        certificate=_sign(name, key.public_key(), root.certificate, root.key, at=at, extensions=extensions),
        key=key,
    )


def make_responder(issuing: Holder, *, addresses: Addresses, at: datetime) -> Holder:
    """The OCSP responder; id-pkix-ocsp-nocheck spares asking for its own status (RFC 6960 §4.2.2.2.1)."""
    key = new_key(OWN_BITS)
    extensions: list[Extension] = [
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False),
        (x509.OCSPNoCheck(), False),
        (_usage(digital_signature=True), True),
        *_status(Addresses(crl=addresses.crl, issuer=addresses.issuer)),
    ]
    return _leaf(own_name("Répondeur OCSP simulé"), key, issuing, at=at, extensions=extensions)


def make_timestamper(issuing: Holder, *, addresses: Addresses, at: datetime) -> Holder:
    """The timestamping unit; its only extended usage is critical (RFC 3161 §2.3)."""
    key = new_key(OWN_BITS)
    extensions: list[Extension] = [
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),
        (_usage(digital_signature=True, content_commitment=True), True),
        *_status(addresses),
    ]
    return _leaf(own_name("Unité d’horodatage simulée"), key, issuing, at=at, extensions=extensions)


def issue(applicant: Applicant, issuing: Holder, *, addresses: Addresses, at: datetime) -> Holder:
    """Issue a certificate and its key to an applicant."""
    key = new_key(SIGNATORY_BITS)
    extensions = [*_purpose(applicant), *_status(addresses)]
    return _leaf(_subject(applicant), key, issuing, at=at, extensions=extensions)


def certify(
    applicant: Applicant, public_key: PublicKey, issuing: Holder, *, addresses: Addresses, at: datetime
) -> x509.Certificate:
    """Issue a certificate to an applicant who made the key, and keeps it."""
    extensions = [(x509.BasicConstraints(ca=False, path_length=None), True), *_purpose(applicant), *_status(addresses)]
    name = _subject(applicant)
    return _sign(name, public_key, issuing.certificate, issuing.key, at=at, extensions=extensions)


def _leaf(
    name: x509.Name, key: rsa.RSAPrivateKey, issuing: Holder, *, at: datetime, extensions: Iterable[Extension]
) -> Holder:
    everything = [(x509.BasicConstraints(ca=False, path_length=None), True), *extensions]
    certificate = _sign(name, key.public_key(), issuing.certificate, issuing.key, at=at, extensions=everything)
    return Holder(certificate=certificate, key=key)


def _sign(
    name: x509.Name,
    public_key: PublicKey,
    issuer: x509.Certificate | None,
    issuer_key: rsa.RSAPrivateKey,
    *,
    at: datetime,
    extensions: Iterable[Extension],
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.subject if issuer else name)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - BEFORE)
        .not_valid_after(at + AFTER)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer_key, hashes.SHA256())


def _subject(applicant: Applicant) -> x509.Name:
    identifier = f"NTRFR-{applicant.siren}" if applicant.siren else ""
    attributes = [
        (NameOID.COUNTRY_NAME, "FR"),
        (NameOID.ORGANIZATION_NAME, applicant.organisation),
        (NameOID.ORGANIZATION_IDENTIFIER, identifier),
        (NameOID.TITLE, applicant.title),
        (NameOID.SURNAME, applicant.surname),
        (NameOID.GIVEN_NAME, applicant.given_name),
        (NameOID.COMMON_NAME, applicant.common_name),
    ]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes if value])


def _purpose(applicant: Applicant) -> list[Extension]:
    if applicant.kind == "tls":
        names = [x509.DNSName(applicant.common_name)] if applicant.common_name.isascii() else []
        alternative: list[Extension] = [(x509.SubjectAlternativeName(names), False)] if names else []
        purposes = [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH]
        return [
            (_usage(digital_signature=True, key_encipherment=True), True),
            (x509.ExtendedKeyUsage(purposes), False),
            *alternative,
        ]
    mail = [x509.RFC822Name(applicant.email)] if applicant.email else []
    extensions: list[Extension] = [
        (_usage(digital_signature=True, content_commitment=True), True),
        (x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), False),
    ]
    return [*extensions, (x509.SubjectAlternativeName(mail), False)] if mail else extensions


def _status(addresses: Addresses) -> list[Extension]:
    access = [
        (AuthorityInformationAccessOID.OCSP, addresses.ocsp),
        (AuthorityInformationAccessOID.CA_ISSUERS, addresses.issuer),
    ]
    named = [x509.AccessDescription(method, x509.UniformResourceIdentifier(url)) for method, url in access if url]
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(addresses.crl)], None, None, None)
    extensions: list[Extension] = [(x509.CRLDistributionPoints([point]), False)]
    return [(x509.AuthorityInformationAccess(named), False), *extensions] if named else extensions


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_encipherment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=key_encipherment,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
