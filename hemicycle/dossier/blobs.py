"""The content-addressed store: a file lies under its SHA-256, written once, checked at each reading.

Order of durability (invariant I7): temporary file → fsync → rename → fsync of the folder, and only then the
database commits. A crash may leave an orphan, never a dangling reference.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


class BlobLost(RuntimeError):
    """The bytes under a digest are missing or altered: the store is damaged."""


@dataclass(frozen=True, kw_only=True)
class Blob:
    sha256: str
    #: Bytes.
    size: int


def _place(sha256: str) -> Path:
    return Path(settings.BLOBS) / sha256[:2] / sha256


def put(data: bytes) -> Blob:
    """Keep the bytes durably and return their address. The same bytes twice are kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    place = _place(sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = place.parent / f".{sha256}.{secrets.token_hex(4)}"
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(place.parent)
        _sync_folder(place.parent.parent)
    return Blob(sha256=sha256, size=len(data))


def get(sha256: str) -> bytes:
    """The bytes under that digest. Raises BlobLost when they are missing or no longer match."""
    try:
        data = _place(sha256).read_bytes()
    except OSError as error:
        raise BlobLost(f"missing blob {sha256}") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise BlobLost(f"altered blob {sha256}")
    return data


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
