"""What the making of a signature asks of whoever holds the private key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cryptography import x509
from cryptography.x509.oid import NameOID

__all__ = ["Key", "name_of"]


class Key(Protocol):
    """A private key, wherever it is kept: in a file, on a token, at a remote signing service."""

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of the key. Raises Unreachable, Rejected."""

    @property
    def chain(self) -> Sequence[x509.Certificate]:
        """The certificates kept with it, in any order; those of its authorities are looked for among them."""

    def __hash__(self) -> int:
        """Keys are told apart by what they are, not by what they hold."""

    def values(self, to_be_signed: Sequence[bytes]) -> list[bytes]:
        """One signature value for each text, in order: PKCS#1 v1.5 or ECDSA (DER), SHA-256.

        All or nothing: a remote key is asked for one authorisation, whatever the number. Raises Unreachable, Rejected.
        """


def name_of(certificate: x509.Certificate) -> str:
    """The common name of a certificate's holder, or its whole name without one."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()
