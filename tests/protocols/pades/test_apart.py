"""Verification within a budget: bombs, loops, truncations end in a sentence, never in a crash."""

from __future__ import annotations

import time
import zlib

import pytest

from hemicycle.protocols.pades import apart
from hemicycle.protocols.pades.apart import verify_apart
from hemicycle.protocols.pades.told import as_data, from_data
from hemicycle.protocols.pades.verify import Unreadable, verify

from .conftest import NOON, Cast, der


def test_a_process_apart_says_what_verify_says(frozen: bytes, cast: Cast) -> None:
    signed = cast.sign(cast.sign(frozen))

    verdict = verify_apart(signed, trust_roots=[der(cast.root)], at=NOON)

    assert verdict == verify(signed, trust_roots=[der(cast.root)], at=NOON)
    assert from_data(as_data(verdict)) == verdict
    assert verdict.outcome == "whole"


@pytest.mark.parametrize("content", [b"", b"bonjour", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_said_so(content: bytes) -> None:
    with pytest.raises(Unreadable, match="PDF lisible"):
        verify_apart(content, trust_roots=[])


def test_a_file_over_the_size_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MAX_BYTES", 1000)

    with pytest.raises(Unreadable, match="n’est pas vérifié"):
        verify_apart(b"%PDF-1.7\n".ljust(1001), trust_roots=[])


def bomb(size: int) -> bytes:
    """A table of objects that swells a thousand times over when it is read."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()
    head = b"%PDF-1.7\n"
    table = b"1 0 obj\n<< /Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
    return head + table % len(packed) + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def test_a_bomb_explodes_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    swelling = bomb(2_500_000_000)
    began = time.monotonic()

    with pytest.raises(Unreadable, match=r"n’est pas"):
        verify_apart(swelling, trust_roots=[])

    assert len(swelling) < 5_000_000
    assert time.monotonic() - began < apart.SECONDS


def test_a_file_that_never_ends_is_stopped(frozen: bytes, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.01)

    with pytest.raises(Unreadable, match="ne finit pas"):
        verify_apart(cast.sign(frozen), trust_roots=[])
