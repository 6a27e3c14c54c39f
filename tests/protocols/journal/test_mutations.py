"""Any single mutation of an exported journal is seen and named; a sound one never raises a false alarm."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.protocols.journal.chain import Entry, line
from hemicycle.protocols.journal.verify import Verdict, verify
from tests.protocols.journal.folders import journal, write

LONGEST = journal(12)
COUNTS = st.integers(2, 12)


def _verdict(lines: Sequence[bytes], heads: Sequence[Entry]) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        return verify(write(Path(folder), lines, heads))


def _drawn(data: st.DataObject) -> tuple[list[Entry], list[bytes], list[Entry]]:
    """A journal, its lines, and some of its heads, the last one always published."""
    entries = LONGEST[: data.draw(COUNTS, label="entries")]
    published = data.draw(st.sets(st.integers(1, len(entries) - 1)), label="heads") | {len(entries)}
    return entries, [line(entry) for entry in entries], [entries[n - 1] for n in sorted(published)]


def _rank(data: st.DataObject, most: int) -> int:
    return data.draw(st.integers(1, most), label="rank")


@settings(deadline=None)
@given(data=st.data())
def test_a_sound_journal_never_alarms(data: st.DataObject) -> None:
    entries, lines, heads = _drawn(data)

    verdict = _verdict(lines, heads)

    assert (verdict.ok, verdict.entries) == (True, len(entries))


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_byte_edited_names_its_entry(data: st.DataObject) -> None:
    entries, lines, heads = _drawn(data)
    rank = _rank(data, len(entries))
    edited = bytearray(lines[rank - 1])
    # The end of the line is left alone: without it, two entries are one line, another mutation.
    where = data.draw(st.integers(0, len(edited) - 2), label="byte")
    edited[where] = data.draw(st.integers(0, 255).filter(lambda byte: byte not in (edited[where], 10)), label="value")
    lines[rank - 1] = bytes(edited)

    verdict = _verdict(lines, heads)

    assert (verdict.ok, verdict.first_bad) == (False, rank)


@settings(deadline=None)
@given(data=st.data())
def test_any_entry_deleted_is_named(data: st.DataObject) -> None:
    entries, lines, heads = _drawn(data)
    rank = _rank(data, len(entries))
    del lines[rank - 1]

    verdict = _verdict(lines, heads)

    assert (verdict.ok, verdict.first_bad) == (False, rank)


@settings(deadline=None)
@given(data=st.data())
def test_any_two_entries_swapped_name_the_first(data: st.DataObject) -> None:
    entries, lines, heads = _drawn(data)
    first, second = sorted(
        data.draw(st.lists(st.integers(1, len(entries)), min_size=2, max_size=2, unique=True), label="swap")
    )
    lines[first - 1], lines[second - 1] = lines[second - 1], lines[first - 1]

    verdict = _verdict(lines, heads)

    assert (verdict.ok, verdict.first_bad) == (False, first)


@settings(deadline=None)
@given(data=st.data())
def test_any_entry_inserted_again_is_named(data: st.DataObject) -> None:
    entries, lines, heads = _drawn(data)
    copied = _rank(data, len(entries))
    place = data.draw(st.integers(1, len(entries) + 1), label="place")
    lines.insert(place - 1, lines[copied - 1])

    verdict = _verdict(lines, heads)

    # Beside its original the copy bears its number; elsewhere it stands where another entry was expected.
    named = copied if place in (copied, copied + 1) else place
    assert (verdict.ok, verdict.first_bad) == (False, named)


@settings(deadline=None)
@given(data=st.data())
def test_any_truncation_before_the_last_head_names_the_first_lost(data: st.DataObject) -> None:
    _, lines, heads = _drawn(data)
    kept = data.draw(st.integers(0, len(lines) - 1), label="kept")

    verdict = _verdict(lines[:kept], heads)

    assert (verdict.ok, verdict.first_bad) == (False, kept + 1)


@settings(deadline=None)
@given(data=st.data())
def test_a_file_cut_at_any_byte_names_the_first_entry_lost(data: st.DataObject) -> None:
    entries, lines, heads = _drawn(data)
    whole = b"".join(lines)
    cut = whole[: data.draw(st.integers(0, len(whole) - 1), label="length")]

    verdict = _verdict([cut], heads)

    assert (verdict.ok, verdict.first_bad) == (False, cut.count(b"\n") + 1)
    assert verdict.entries < len(entries)
