"""What the byte range of a signature covers (ISO 32000-1 §12.8.1), and what it leaves out."""

from __future__ import annotations

import re

from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

__all__ = ["covers_its_revision", "hole_is_honest", "padding_is_empty", "revision_end"]


def hole_is_honest(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the only bytes left out of the signature are its own hexadecimal value.

    A range that leaves more out lets content be wrapped in the gap (signature wrapping), and a value read
    elsewhere than in the gap is another signature's.
    """
    numbers = [int(n) for n in signature.byte_range]
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:
        return False
    _, first, second, length = numbers
    hole = pdf[first:second]
    if second + length > len(pdf) or not re.fullmatch(rb"<[0-9A-Fa-f\s]*>", hole):
        return False
    digits = re.sub(rb"\s", b"", hole[1:-1]).decode("ascii")
    return bytes.fromhex(digits + "0" * (len(digits) % 2)) == bytes(signature.pkcs7_content)


def covers_its_revision(pdf: bytes, signature: EmbeddedPdfSignature, coverage: SignatureCoverageLevel | None) -> bool:
    """Whether the signature covers the file as it stood when signed, and nothing loose follows it."""
    if coverage is None or not hole_is_honest(pdf, signature):
        return False
    last = signature.signed_revision == signature.reader.total_revisions - 1
    needed = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
    return bool(coverage >= needed)


def revision_end(signature: EmbeddedPdfSignature) -> int:
    """Where the signed part of the file ends, in bytes."""
    numbers = [int(n) for n in signature.byte_range]
    return numbers[2] + numbers[3]


def padding_is_empty(signature: EmbeddedPdfSignature) -> bool:
    """Whether the room left after the value is filled with zeros alone: nothing signs it, it must say nothing."""
    content = bytes(signature.pkcs7_content)
    if len(content) < 2 or content[1] == 0x80:  # Indefinite length (BER) ends by itself.
        return True
    size, start = content[1], 2
    if size & 0x80:
        start = 2 + (size & 0x7F)
        size = int.from_bytes(content[2:start], "big")
    return not content[start + size :].strip(b"\0")
