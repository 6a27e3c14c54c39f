"""Small images, drawn for the tests."""

from __future__ import annotations

import hashlib
import struct
import zlib


def png(width: int = 40, height: int = 20, *, rows: int | None = None) -> bytes:
    """A red PNG; `rows`, when the pixels are not as many as the header says."""
    lines = (b"\0" + b"\xff\0\0" * width) * (height if rows is None else rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def announced(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def jpeg(width: int = 40, height: int = 20, *, components: int = 3, frame: int = 0xC0) -> bytes:
    """The segments of a JPEG, without pixels: nothing here decodes them."""
    lead = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0"
    size = struct.pack(">HBHHB", 8 + 3 * components, 8, height, width, components) + b"\1\x11\0" * components
    return lead + bytes((0xFF, frame)) + size + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\x2a" * 8 + b"\xff\xd9"


RED = png()
RED_SHA256 = hashlib.sha256(RED).hexdigest()
