"""Images of a text: what may be inserted, judged on its bytes without ever decoding it whole."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NoReturn

from hemicycle.texts.inline import Node
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import Doc

MAX_BYTES = 20_000_000
#: Pixels on a side, and in all: what a decoder can hold.
MAX_SIDE = 60_000
MAX_PIXELS = 60_000_000
#: What an image without alternative text is called until its author describes it.
UNDESCRIBED = "Image à décrire"

_PNG = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_CHUNK = 1 << 20
#: Baseline, extended and progressive (ISO 10918-1, table B.1): what every reader opens.
_FRAMES = (0xC0, 0xC1, 0xC2)
_OTHER_FRAMES = (0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF)


def accept_image(data: bytes) -> tuple[str, int, int]:
    """The media type, the width and the height in pixels of an image that a text may hold.

    A PNG is checked whole: checksums, and as many bytes of pixels as it announces; a JPEG down to its end mark.
    Raises TextRefused: another format, damaged, over 60,000 px on a side, 60 megapixels or 20 MB.
    """
    if len(data) > MAX_BYTES:
        raise TextRefused("L’image dépasse 20 Mo ; réduisez-la, puis recommencez.")
    if data.startswith(_PNG):
        media_type, (width, height) = "image/png", _png(data)
    elif data.startswith(b"\xff\xd8\xff"):
        media_type, (width, height) = "image/jpeg", _jpeg(data)
    else:
        raise TextRefused(
            "Ce fichier n’est pas une image PNG ou JPEG ; enregistrez-la dans l’un de ces formats, puis recommencez."
        )
    return media_type, width, height


def _sized(width: int, height: int) -> tuple[int, int]:
    if not width or not height:
        _damaged()
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        shown = f"{width:,} × {height:,}".replace(",", "\u202f")
        raise TextRefused(
            f"L’image mesure {shown} pixels, c’est trop grand pour un texte ; réduisez-la à 4\u202f000 pixels de large."
        )
    return width, height


def _damaged() -> NoReturn:
    raise TextRefused("L’image est abîmée ou incomplète ; enregistrez-la de nouveau, puis recommencez.")


def _png(data: bytes) -> tuple[int, int]:
    """Width and height of a whole PNG (ISO/IEC 15948)."""
    pixels = zlib.decompressobj()
    width = height = expected = found = 0
    for name, body in _png_chunks(data):
        if name == b"IHDR" and not width:
            if len(body) != 13:
                _damaged()
            width, height = _sized(*struct.unpack(">II", body[:8]))
            expected = _png_bytes(width, height, body)
        elif name == b"IDAT" and width:
            found += _inflated(pixels, body, expected + _CHUNK - found)
        if not width or found > expected:
            _damaged()
    if not width or found != expected:
        _damaged()
    return width, height


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        check = data[at + 8 + length : at + 12 + length]
        if check != struct.pack(">I", zlib.crc32(name + body)):
            _damaged()
        if name == b"IEND":
            return
        yield name, body
        at += 12 + length
    _damaged()


def _png_bytes(width: int, height: int, header: bytes) -> int:
    """How many bytes the pixels take once inflated, a filter byte at the head of each line."""
    depth, colour, _, _, interlaced = header[8:]
    if colour not in _CHANNELS or depth not in _DEPTHS[colour] or interlaced > 1:
        _damaged()
    bits = _CHANNELS[colour] * depth

    def size(columns: int, rows: int) -> int:
        return rows * (1 + (columns * bits + 7) // 8) if columns and rows else 0

    if not interlaced:
        return size(width, height)
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    return sum(size(-(-(width - x) // dx), -(-(height - y) // dy)) for x, y, dx, dy in passes)


def _inflated(stream: zlib._Decompress, body: bytes, most: int) -> int:
    """How many bytes a stretch inflates to, never held together nor followed beyond `most`."""
    total = 0
    try:
        while body and total <= most:
            total += len(stream.decompress(body, _CHUNK))
            body = stream.unconsumed_tail
        return total
    except zlib.error:
        _damaged()


def _jpeg(data: bytes) -> tuple[int, int]:
    """Width and height of a JPEG whose segments follow one another down to its end mark (ISO 10918-1, annex B)."""
    at, size = 2, (0, 0)
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker in _OTHER_FRAMES:
            raise TextRefused("Ce JPEG est d’une sorte rare, que peu de logiciels ouvrent ; enregistrez-le en PNG.")
        if marker in _FRAMES and at + 10 <= len(data):
            height, width, components = struct.unpack_from(">HHB", data, at + 5)
            size = _sized(width, height)
            if components not in (1, 3):
                raise TextRefused("Ce JPEG est en couleurs d’imprimerie (CMJN) ; enregistrez-le en RVB ou en PNG.")
        elif marker == 0xDA:
            if not all(size) or b"\xff\xd9" not in data[-64_000:]:
                _damaged()
            return size
        at += 2 + length
    _damaged()


def named(doc: Doc) -> set[str]:
    """The SHA-256 of the images that a clean document holds."""
    return {str(image["attrs"]["sha256"]) for image in images_of(doc)}


def undescribed(doc: Doc) -> int:
    """How many images still wait for their author's description."""
    return sum(image["attrs"]["alt"].startswith(UNDESCRIBED) for image in images_of(doc))


def images_of(node: Node) -> Iterator[Node]:
    """The images of a document, in reading order."""
    if node["type"] == "image":
        yield node
    for child in node.get("content", ()):
        yield from images_of(child)
