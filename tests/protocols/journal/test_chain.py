"""Canonical JSON and the seal of an entry."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.protocols.journal.chain import (
    GENESIS,
    JournalError,
    canonical,
    check_entry,
    entry_hash,
    head_of,
    line,
    seal,
    stamp,
)
from tests.protocols.journal.folders import fields

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("aé𝔸ﬀ", max_size=3), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(value=JSON)
def test_canonical_json_reads_back_as_the_same_value(value: object) -> None:
    assert json.loads(canonical(value)) == value


def test_keys_are_sorted_by_their_utf_16_units() -> None:
    # The example of RFC 8785, section 3.2.3.
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]

    written = canonical(dict.fromkeys(keys, 0))

    assert list(json.loads(written)) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_texts_are_written_in_utf_8_with_the_shortest_escapes() -> None:
    assert canonical({"b": 'é"\n\u001f', "a": [1, True, None]}) == (b'{"a":[1,true,null],"b":"\xc3\xa9\\"\\n\\u001f"}')


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (1.0, "nombre à virgule"),
        ({"montant": [float("nan")]}, "nombre à virgule"),
        (2**53, r"dépasse 2\^53-1"),
        ({1: "a"}, "clé"),
        ("\ud800", "Unicode"),
        (b"octets", "type « bytes »"),
    ],
)
def test_what_json_cannot_carry_without_loss_is_refused(value: object, sentence: str) -> None:
    with pytest.raises(JournalError, match=sentence):
        canonical(value)


def test_a_value_nested_too_deep_is_refused() -> None:
    value: object = 0
    for _ in range(40):
        value = [value]

    with pytest.raises(JournalError, match="imbriquée"):
        canonical(value)


def test_the_hash_is_that_of_the_prefixed_canonical_bytes() -> None:
    entry = seal(fields(1, {"b": 1, "a": "é"}), GENESIS)

    expected = (
        b"hemicycle-journal-entry-v1\x00"
        b'{"actor":{"id":"a1","name":"Mme \xc3\x89lodie Ferrand"},"at":"2026-06-18T12:00:01.000000Z",'
        b'"dossier":"D-1","event":"circuit.visa_given","facts":{"a":"\xc3\xa9","b":1},"n":1,'
        b'"on_behalf_of":{"id":"a2","name":"M. No\xc3\xabl"},"previous":"' + b"0" * 64 + b'","role":"juriste"}'
    )
    assert entry["hash"] == hashlib.sha256(expected).hexdigest() == entry_hash(entry)
    assert line(head_of(entry)) == canonical({"n": 1, "hash": entry["hash"], "at": entry["at"]}) + b"\n"


def test_a_time_is_written_in_universal_time() -> None:
    paris = timezone(timedelta(hours=2))

    assert stamp(datetime(2026, 6, 18, 14, 0, 0, 7, tzinfo=paris)) == "2026-06-18T12:00:00.000007Z"
    with pytest.raises(JournalError, match="fuseau"):
        stamp(datetime(2026, 6, 18, 14))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("n", 0),
        ("n", True),
        ("at", "2026-06-18T12:00:00Z"),
        ("event", "visa"),
        ("actor", {"id": "a"}),
        ("facts", []),
        ("on_behalf_of", "M. Noël"),
        ("previous", "abc"),
    ],
)
def test_an_entry_of_the_wrong_shape_is_refused_by_field(field: str, value: object) -> None:
    entry = {**seal(fields(1), GENESIS), field: value}

    with pytest.raises(JournalError, match=f"« {field} »"):
        check_entry(entry)


def test_a_field_too_many_is_named() -> None:
    with pytest.raises(JournalError, match="secret"):
        check_entry({**seal(fields(1), GENESIS), "secret": 1})
