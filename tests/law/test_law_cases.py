"""The dated cases of the legal file, each answered by the library and compared key by key."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from hemicycle.law.rule import Certainty
from tests.law.answers import ANSWERS, Answer

#: Parts of a case that are advice or description, not something the library computes.
NOT_COMPUTED = {
    "LC012": {"suspension_of_sitting"},
    "LC014": {"warn"},
    "LC020": {"convocation"},
    "LC021": {"convocation"},
    "LC022": {"convocation"},
    "LC037": {"old_RI_applies_until"},
    "LC038": {"interim"},
    "LC041": {"before_approval"},
    "LC046": {"publish"},
    "LC051": {"posted_at"},
    "LC054": {"recommended"},
}
#: Nothing to compute: the vote of the council decides.
NOT_COVERED = {"LC019"}

ALL = [f"LC{number:03}" for number in range(1, 100)]
_RANK = {"to_verify": 0, "secondary": 1, "confirmed": 2}
_CERTAINTIES: dict[str, Certainty] = {
    "confirmed": "confirmed",
    "secondary": "secondary",
    "still to verify": "to_verify",
}


@cache
def _cases(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "design" / "law-cases.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


def _expected(text: str) -> dict[str, str]:
    """`a=1; b=2026-06-18 (Thu)` as a mapping, weekdays taken out."""
    pairs: dict[str, str] = {}
    for part in text.split("; "):
        key, _, value = part.replace(">=", "=").replace("~", "=").partition("=")
        pairs[key.strip()] = re.sub(r" \((Mon|Tue|Wed|Thu|Fri|Sat|Sun)\)$", "", value.strip())
    return pairs


def test_every_case_is_answered_or_named_as_not_covered(shared: Path) -> None:
    ids = set(_cases(shared))

    unaccounted = ids - set(ANSWERS) - NOT_COVERED

    assert ids == set(ALL)
    assert not unaccounted


@pytest.mark.parametrize("case", [case for case in ALL if case not in NOT_COVERED])
def test_a_dated_case_gets_the_answer_of_the_legal_file(case: str, shared: Path) -> None:
    row = _cases(shared)[case]
    expected = _expected(row["expected"])

    answer: Answer = ANSWERS[case]()

    for key, value in expected.items():
        if key not in NOT_COMPUTED.get(case, set()):
            assert answer.values[key] == value, key


@pytest.mark.parametrize("case", [case for case in ALL if case not in NOT_COVERED])
def test_an_answer_is_never_surer_than_its_case(case: str, shared: Path) -> None:
    known = _CERTAINTIES[_cases(shared)[case]["certainty"]]

    answer: Answer = ANSWERS[case]()

    assert _RANK[answer.certainty] <= _RANK[known]
    if known != "to_verify":
        assert answer.certainty != "to_verify"


@pytest.mark.parametrize("case", sorted(ANSWERS))
def test_the_dates_asked_are_the_dates_of_the_case(case: str, shared: Path) -> None:
    facts = _cases(shared)[case]["facts"]

    asked = ANSWERS[case]().asked

    for day in asked:
        assert day.isoformat() in facts
