"""Bytes kept in a folder: temporary file → fsync → rename → fsync of the folders."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings


def open_place() -> None:
    """Any folder will do: it appears with the first file."""


def write(sha256: str, data: bytes) -> None:
    """Keep the bytes under that name unless they are there. Raises OSError: nothing is left behind."""
    place = _place(sha256)
    if place.exists():
        return
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


def read(sha256: str) -> bytes:
    """The file of that name. Raises OSError."""
    return _place(sha256).read_bytes()


def _place(sha256: str) -> Path:
    return Path(settings.BLOBS) / sha256[:2] / sha256


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
