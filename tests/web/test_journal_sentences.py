"""Every event of every room is told in French, with the words of the person when there are some."""

from __future__ import annotations

import datetime as dt
import importlib
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

import pytest

from hemicycle.chain import ROOMS
from hemicycle.web import journal_sentences

#: Facts whose type says too little.
USUAL: dict[str, Any] = {
    "text": "report",
    "body": "CP",
    "starts_at": dt.datetime(2026, 12, 17, 14, 30, tzinfo=dt.UTC).isoformat(),
    "received_on": "2026-12-20",
    "deposited_on": "2026-12-18",
    "ends_at": dt.datetime(2026, 12, 17, 16, 30, tzinfo=dt.UTC).isoformat(),
    "dated": "2026-12-19",
    "due_on": "2026-12-31",
    "valid_from": "2026-12-18",
    "executory_on": "2026-12-21",
    "notified_on": "2026-12-21",
    "first_day": "2026-12-18",
    "until": dt.datetime(2029, 11, 22, 10, tzinfo=dt.UTC).isoformat(),
    "last_day": "2026-12-31",
    "transmitted_on": "2026-12-18",
    "published_on": "2026-12-19",
    "changes": {"amount": ["1", "2"]},
}


def events() -> dict[str, type]:
    found: dict[str, type] = {}
    for room in ROOMS:
        module = importlib.import_module(f"hemicycle.chain.{room}.events")
        found |= {c.name: c for c in vars(module).values() if isinstance(c, type) and is_dataclass(c)}
    return found


def facts_of(event: type) -> dict[str, Any]:
    hints = get_type_hints(event)
    plain = {str: "mot", int: 3, bool: True}
    return {f.name: USUAL.get(f.name, plain.get(hints[f.name], [])) for f in fields(event)}


@pytest.mark.parametrize("name", sorted(events()))
def test_the_event_has_its_sentence(name: str) -> None:
    event = events()[name]

    said = journal_sentences.sentence(name, facts_of(event))

    assert said.startswith("a ") and name not in said
    assert isinstance(journal_sentences.comment(name, facts_of(event)), str)


def test_no_sentence_is_left_of_an_event_that_is_no_more() -> None:
    assert set(journal_sentences.SENTENCES) == set(events())
    assert set(journal_sentences.COMMENTS) <= set(events())


def test_an_event_of_a_later_version_is_still_listed() -> None:
    assert journal_sentences.sentence("room.unknown", {}) == "a fait « room.unknown »"
