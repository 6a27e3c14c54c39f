"""Names of certificates as they are shown: what a hostile one must not do to a screen or a terminal."""

from __future__ import annotations

import unicodedata

from asn1crypto import x509
from cryptography.x509 import load_der_x509_certificate

__all__ = ["authority_name", "common_name", "is_seal", "plain", "readable"]

MAX = 200


def plain(text: str) -> str:
    """The text without control characters nor reversals of direction, cut at MAX characters."""
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text[: 4 * MAX])
    return " ".join(kept.split())[:MAX]


def common_name(certificate: x509.Certificate) -> str:
    """The holder's common name, or its whole name without one."""
    return _named(certificate.subject)


def authority_name(certificate: x509.Certificate) -> str:
    """The issuer's common name, or its whole name without one."""
    return _named(certificate.issuer)


def is_seal(certificate: x509.Certificate) -> bool:
    """Whether the holder is an organisation (ETSI EN 319 412-3 §4.2.1): its own identifier, and nobody's names."""
    held = certificate.subject.native
    return "organization_identifier" in held and not {"given_name", "surname", "pseudonym"} & set(held)


def _named(name: x509.Name) -> str:
    found = name.native.get("common_name")
    if isinstance(found, list):
        found = found[0]
    return plain(str(found or name.human_friendly))


def readable(certificate: x509.Certificate, *, issuer: bool) -> str:
    """A name as RFC 4514 writes it."""
    loaded = load_der_x509_certificate(certificate.dump())
    return plain((loaded.issuer if issuer else loaded.subject).rfc4514_string())
