"""The images of a text, handed to the typesetter by the SHA-256 of their bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
#: Bytes of all the images of one document: beyond, the file could not be sent.
MAX_TOTAL = 100_000_000


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One image, already checked: a PNG or a JPEG that a decoder can hold."""

    data: bytes
    media_type: str


#: SHA-256 in hexadecimal → the image.
Pictures: TypeAlias = Mapping[str, Picture]
NONE: Pictures = {}


def file_name(sha256: str, picture: Picture) -> str:
    """The name under which the template opens the image. Raises KeyError for another type of file."""
    return f"{sha256}.{EXTENSIONS[picture.media_type]}"
