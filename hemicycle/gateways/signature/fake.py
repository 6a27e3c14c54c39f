"""A signatory made in memory, for the tests of those who need a signed act: no file, no network."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache

from asn1crypto import algos, cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hemicycle.protocols.pades.cades import assemble, signed_attributes
from hemicycle.protocols.pades.frozen import Unsignable
from hemicycle.protocols.pades.prepare import finish, prepare

from .client import Document, Result
from .errors import Rejected, Unreachable

__all__ = ["FakeSigner", "token_over"]

_BIRTH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
_DEATH = _BIRTH + timedelta(days=365 * 99)


class FakeSigner:
    """Signs at once, PAdES B-T, with a certificate valid through the century and issued by `root`.

    `seal`: in the name of an organisation. Set `failure` to an Unreachable or Rejected and `sign` raises it.
    """

    def __init__(self, name: str = "Signataire d’essai", *, seal: bool = False) -> None:
        self.signer_name = name
        self.failure: Unreachable | Rejected | None = None
        #: How many documents each gesture was for.
        self.gestures: list[int] = []
        self._key = ec.generate_private_key(ec.SECP256R1())
        identifier = "NTRFR-229999990" if seal else ""
        self._holder = _certificate(name, self._key.public_key(), signs=True, identifier=identifier)

    @property
    def certificate(self) -> bytes:
        """The signatory's certificate, in DER."""
        return self._holder.public_bytes(Encoding.DER)

    @property
    def root(self) -> bytes:
        """The certificate to trust, in DER."""
        return _authority()[0].public_bytes(Encoding.DER)

    def sign(self, pdf: bytes, *, at: datetime, reason: str, location: str, contact: str = "") -> bytes:
        """The signed file, timestamped at `at`."""
        if self.failure is not None:
            raise self.failure
        try:
            prepared = prepare(
                pdf,
                certificate=self.certificate,
                at=at,
                reason=reason,
                location=location,
                name=self.signer_name,
                contact=contact,
            )
        except Unsignable as refusal:
            raise Rejected(str(refusal)) from refusal
        value = self._key.sign(prepared.to_be_signed, ec.ECDSA(SHA256()))
        return finish(prepared, signature=value, token=_token(value, at))

    def sign_all(self, documents: Sequence[Document], *, at: datetime, location: str, contact: str = "") -> list[bytes]:
        """The signed files, in order."""
        return [self.sign(one.pdf, at=at, reason=one.reason, location=location, contact=contact) for one in documents]

    def sign_each(
        self, documents: Sequence[Document], *, at: datetime, location: str, contact: str = ""
    ) -> Iterator[tuple[int, Result]]:
        """Each signed file with its place; a document that cannot be signed leaves the others."""
        self.gestures.append(len(documents))
        if self.failure is not None:
            raise self.failure
        for place, one in enumerate(documents):
            result: Result
            try:
                result = self.sign(one.pdf, at=at, reason=one.reason, location=location, contact=contact)
            except Rejected as refusal:
                result = refusal
            yield place, result

    def sign_apart(self, blob: bytes) -> bytes:
        """A detached CMS over these bytes, without timestamp, as a tool of one's own makes it."""
        attributes = signed_attributes(hashlib.sha256(blob).digest(), self.certificate).dump()
        value = self._key.sign(attributes, ec.ECDSA(SHA256()))
        return assemble(attributes, signature=value, certificates=[self.certificate, self.root], token=None)


@cache
def _authority() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Racine d’essai")
    usage = _usage(key_cert_sign=True, crl_sign=True)
    builder = _builder(name, key.public_key(), name)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.add_extension(usage, critical=True).sign(key, SHA256()), key


@cache
def _unit() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    return _certificate("Horodatage d’essai", key.public_key(), signs=False), key


def _certificate(
    name: str, public_key: ec.EllipticCurvePublicKey, *, signs: bool, identifier: str = ""
) -> x509.Certificate:
    root, key = _authority()
    builder = _builder(_name(name, identifier), public_key, root.subject)
    builder = builder.add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
    if not signs:
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(stamping, critical=True)
    return builder.sign(key, SHA256())


def _builder(name: x509.Name, public_key: ec.EllipticCurvePublicKey, issuer: x509.Name) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BIRTH)
        .not_valid_after(_DEATH)
    )


def _name(common_name: str, identifier: str = "") -> x509.Name:
    parts = [(NameOID.ORGANIZATION_IDENTIFIER, identifier), (NameOID.COMMON_NAME, common_name)]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


def _usage(**granted: bool) -> x509.KeyUsage:
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment")
    others = ("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{name: granted.get(name, False) for name in (*names, *others)})


def _token(value: bytes, at: datetime) -> bytes:
    return token_over(hashlib.sha256(value).digest(), at)


def token_over(digest: bytes, at: datetime) -> bytes:
    """A minimal RFC 3161 token over what has this SHA-256."""
    certificate, key = _unit()
    loaded = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    imprint = {"hash_algorithm": sha256, "hashed_message": digest}
    info = tsp.TSTInfo(
        {"version": "v1", "policy": "2.25.1", "message_imprint": imprint, "serial_number": 1, "gen_time": at}
    ).dump()
    reference = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(loaded.dump()).digest()})
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(info).digest()]}),
            cms.CMSAttribute(
                {
                    "type": "signing_certificate_v2",
                    "values": [tsp.SigningCertificateV2({"certs": [reference]})],
                }
            ),
        ]
    )
    sid = {"issuer": loaded.issuer, "serial_number": loaded.serial_number}
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(sid)}),
        "digest_algorithm": sha256,
        "signed_attrs": attributes,
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        "signature": key.sign(attributes.dump(), ec.ECDSA(SHA256())),
    }
    content = {
        "version": "v3",
        "digest_algorithms": cms.DigestAlgorithms([sha256]),
        "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(info)},
        "certificates": [loaded],
        "signer_infos": [cms.SignerInfo(signer)],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)}).dump())
