"""A key kept in a PKCS#12 file (RFC 7292): for trial, and for the seal of a server."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

from .errors import Rejected

__all__ = ["Pkcs12Key"]


class Pkcs12Key:
    """The key is read and checked once, at construction, which costs more than a hundred signatures.

    Raises Rejected on a wrong passphrase or file.
    """

    def __init__(self, pkcs12: bytes, passphrase: str) -> None:
        try:
            key, certificate, others = load_key_and_certificates(pkcs12, passphrase.encode())
        except ValueError as cause:
            raise Rejected("Le certificat ne s’ouvre pas : fichier illisible ou mot de passe erroné.") from cause
        if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise Rejected("Le fichier de certificat ne contient pas une clé RSA ou ECDSA avec son certificat.")
        self._key = key
        self.certificate: x509.Certificate = certificate
        self.chain: Sequence[x509.Certificate] = others

    @property
    def fits(self) -> bool:
        """Whether the key is that of the certificate."""
        return self._key.public_key() == self.certificate.public_key()

    def values(self, to_be_signed: Sequence[bytes]) -> list[bytes]:
        """One signature value for each text."""
        return [self._value(text) for text in to_be_signed]

    def _value(self, text: bytes) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(text, padding.PKCS1v15(), SHA256())
        return self._key.sign(text, ec.ECDSA(SHA256()))
