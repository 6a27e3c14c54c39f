"""The authorities that signatures are judged by: a file or a folder of certificates, PEM or DER."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificates

__all__ = ["UnreadableRoots", "read_roots"]

_SUFFIXES = (".pem", ".crt", ".cer", ".der")


class UnreadableRoots(ValueError):
    """A certificate cannot be read; the sentence names its file."""


def read_roots(place: Path) -> tuple[bytes, ...]:
    """The certificates (DER) of a file, or of the files of a folder named .pem, .crt, .cer or .der; once each.

    Raises UnreadableRoots: nothing there, or what is no certificate. Nobody is trusted by mistake, nor forgotten.
    """
    try:
        files = sorted(p for p in place.iterdir() if p.suffix.lower() in _SUFFIXES) if place.is_dir() else [place]
        found = [c.public_bytes(Encoding.DER) for path in files for c in _read(path)]
    except OSError as cause:
        raise UnreadableRoots(f"Les autorités reconnues ne se lisent pas dans {place} ; vérifiez ce chemin.") from cause
    if not found:
        raise UnreadableRoots(
            f"Le dossier {place} ne contient aucun certificat d’autorité ; déposez-y des fichiers .pem, .crt ou .cer."
        )
    return tuple(dict.fromkeys(found))


def _read(path: Path) -> list[Certificate]:
    data = path.read_bytes()
    try:
        return load_pem_x509_certificates(data) if b"-----BEGIN" in data else [load_der_x509_certificate(data)]
    except ValueError as cause:
        raise UnreadableRoots(
            f"Le fichier {path} n’est pas un certificat d’autorité lisible ; remplacez-le."
        ) from cause
