"""Whatever byte is changed, wherever the file is cut: never « whole » with another text, never a crash."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from hemicycle.protocols.pades.summary import advice, facts, headline, reasons
from hemicycle.protocols.pades.verdicts import Verdict
from hemicycle.protocols.pades.verify import Unreadable, verify

from .conftest import Cast, der

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def twice(frozen: bytes, cast: Cast) -> bytes:
    """Signed twice, so that part of the file is covered by one signature only."""
    return cast.sign(cast.sign(frozen))


@pytest.fixture(scope="module")
def judge(cast: Cast) -> Callable[[bytes], Verdict | str]:
    def judged(data: bytes) -> Verdict | str:
        try:
            return verify(data, trust_roots=[der(cast.root)])
        except Unreadable as refusal:
            return str(refusal)

    return judged


def check_sentences(said: Verdict | str) -> None:
    sentences = [said] if isinstance(said, str) else [headline(said), advice(said), *reasons(said), *said.faults]
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)
    if isinstance(said, Verdict):
        assert all(value for signature in said.signatures for _, value in facts(signature))


def last_hole(pdf: bytes) -> tuple[int, int]:
    numbers = [int(n) for n in PdfFileReader(BytesIO(pdf)).embedded_signatures[-1].byte_range]
    return numbers[1], numbers[2]


@FEW
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_one_bit_of_what_is_signed_changed_is_never_whole(
    twice: bytes, judge: Callable[[bytes], Verdict | str], place: float, bit: int
) -> None:
    at = int(place * len(twice))
    altered = twice[:at] + bytes([twice[at] ^ 1 << bit]) + twice[at + 1 :]

    said = judge(altered)

    check_sentences(said)
    # What the last signature leaves out is its own value: a capital there, or a field that nothing reads, says nothing.
    if isinstance(said, Verdict) and said.outcome == "whole":
        assert last_hole(twice)[0] < at < last_hole(twice)[1] - 1


@FEW
@given(place=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_anywhere_ends_in_a_sentence(
    twice: bytes, judge: Callable[[bytes], Verdict | str], place: float
) -> None:
    cut = twice[: int(place * len(twice))]

    said = judge(cut)

    check_sentences(said)
    assert isinstance(said, str) or said.outcome != "whole"


@FEW
@given(tail=st.binary(min_size=1, max_size=300))
def test_a_tail_is_never_whole(twice: bytes, judge: Callable[[bytes], Verdict | str], tail: bytes) -> None:
    said = judge(twice + tail)

    check_sentences(said)
    assert isinstance(said, str) or said.outcome == "refused"


@FEW
@given(noise=st.binary(max_size=2000))
def test_noise_under_the_name_of_a_pdf_ends_in_a_sentence(
    judge: Callable[[bytes], Verdict | str], noise: bytes
) -> None:
    check_sentences(judge(b"%PDF-1.7\n" + noise))
