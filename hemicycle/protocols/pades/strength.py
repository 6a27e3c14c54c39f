"""Algorithms and keys that no longer prove anything (RGS annex B1; ANSSI, guide of cryptographic mechanisms)."""

from __future__ import annotations

from contextlib import suppress

from asn1crypto import cms, x509

__all__ = ["described", "weaknesses", "weaknesses_of_token"]

_WEAK = {"md2": "MD2", "md4": "MD4", "md5": "MD5", "sha1": "SHA-1"}
#: Fewest bits of a key, by kind.
_FEWEST = {"rsa": 2048, "rsassa_pss": 2048, "dsa": 2048, "ec": 224}
_KINDS = {"rsa": "RSA", "rsassa_pss": "RSA-PSS", "dsa": "DSA", "ec": "ECDSA"}


def weaknesses(signer: cms.SignerInfo, certificate: x509.Certificate, *, filter_name: str = "") -> tuple[str, ...]:
    """What is weak in a signature: nominal groups, in French; nothing when all of it is sound."""
    found = [f"l’algorithme {_WEAK[name]}" for name in sorted(_digests(signer)) if name in _WEAK]
    if filter_name in ("/adbe.pkcs7.sha1", "/adbe.x509.rsa_sha1") and not found:
        found.append("l’algorithme SHA-1")
    kind, bits = certificate.public_key.algorithm, certificate.public_key.bit_size
    if bits < _FEWEST.get(kind, 0):
        found.append(f"une clé {_KINDS.get(kind, kind)} de {bits} bits")
    return tuple(found)


def weaknesses_of_token(token: cms.SignedData) -> tuple[str, ...]:
    """What is weak in a timestamp: its own signature's digest, and the print that it certifies."""
    info = token["encap_content_info"]["content"].parsed
    names = {str(info["message_imprint"]["hash_algorithm"]["algorithm"].native)}
    for signer in token["signer_infos"]:
        names |= _digests(signer)
    return tuple(f"l’algorithme {_WEAK[name]}" for name in sorted(names) if name in _WEAK)


def described(signer: cms.SignerInfo, certificate: x509.Certificate) -> str:
    """The algorithm and the key, as « SHA-256, RSA de 3072 bits »."""
    digest = str(signer["digest_algorithm"]["algorithm"].native)
    written = _WEAK.get(digest) or digest.upper().replace("SHA", "SHA-").replace("SHA-3_", "SHA3-")
    kind = certificate.public_key.algorithm
    return f"{written}, {_KINDS.get(kind, kind)} de {certificate.public_key.bit_size} bits"


def _digests(signer: cms.SignerInfo) -> set[str]:
    names = {str(signer["digest_algorithm"]["algorithm"].native)}
    # Some mechanisms leave the digest to the other field.
    with suppress(ValueError):
        names.add(str(signer["signature_algorithm"].hash_algo))
    return names
