"""The content-addressed store: bytes lie under their SHA-256, written once, checked at each reading.

Invariant I7: the bytes are durable before the database commits. A crash may leave an orphan, never a dangling
reference. Where they lie, the settings say: a folder, or an S3 bucket when BLOBS_S3 names one (docs/adr/0010).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from hemicycle.dossier import folder_store, s3_store
from hemicycle.dossier.s3_store import StoreUnavailable

__all__ = ["Blob", "BlobLost", "StoreUnavailable", "get", "open_store", "put"]


class BlobLost(RuntimeError):
    """The bytes under a digest are missing or altered: the store is damaged."""


@dataclass(frozen=True, kw_only=True)
class Blob:
    sha256: str
    #: Bytes.
    size: int


class Store(Protocol):
    """What a place that keeps bytes does; each is a module."""

    def open_place(self) -> None:
        """Check the settings, without writing nor asking anything. Raises ImproperlyConfigured."""

    def write(self, sha256: str, data: bytes) -> None:
        """Return only once the bytes would survive a power cut; what is already there is left alone."""

    def read(self, sha256: str) -> bytes:
        """The bytes as they lie, unchecked. Raises OSError when there are none."""


def _store() -> Store:
    return s3_store if settings.BLOBS_S3 else folder_store


def open_store() -> None:
    """Stop the start on settings that no store can be made of. Raises ImproperlyConfigured."""
    _store().open_place()


def put(data: bytes) -> Blob:
    """Keep the bytes durably and return their address. The same bytes twice are kept once.

    Raises OSError (the folder cannot be written) or StoreUnavailable (the bucket): nothing may then name them.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    _store().write(sha256, data)
    return Blob(sha256=sha256, size=len(data))


def get(sha256: str) -> bytes:
    """The bytes under that digest. Raises BlobLost when they are missing or no longer match, StoreUnavailable."""
    try:
        data = _store().read(sha256)
    except OSError as error:
        raise BlobLost(f"missing blob {sha256}") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise BlobLost(f"altered blob {sha256}")
    return data
