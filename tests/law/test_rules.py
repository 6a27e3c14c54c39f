"""The tables of dated rules hold together."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from hemicycle.law.rules import RULES, NoRuleInForce, history, in_force


@pytest.mark.parametrize("code", sorted({rule.code for rule in RULES}))
def test_the_values_of_a_rule_follow_one_another_without_hole_nor_overlap(code: str) -> None:
    values = history(code)

    assert all(rule.article for rule in values)
    for earlier, later in pairwise(values):
        assert earlier.valid_to is not None
        assert later.valid_from == earlier.valid_to + timedelta(days=1)


def test_a_day_before_the_known_wordings_is_refused_with_a_sentence() -> None:
    with pytest.raises(NoRuleInForce, match=r"n’est connue au 01/01/2005"):
        in_force("standing_committee.quorum", date(2005, 1, 1))


def test_a_code_that_does_not_exist_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        in_force("council.quorom", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2020, 3, 23), "absolute_majority"),
        (date(2020, 3, 24), Fraction(1, 3)),
        (date(2020, 8, 30), Fraction(1, 3)),
        (date(2020, 8, 31), "absolute_majority"),
        (date(2021, 9, 30), Fraction(1, 3)),
        (date(2021, 10, 1), "absolute_majority"),
        (date(2022, 7, 31), Fraction(1, 3)),
        (date(2022, 8, 1), "absolute_majority"),
    ],
)
def test_the_health_crisis_loosened_the_quorum_in_three_periods(day: date, value: object) -> None:
    assert in_force("council.quorum", day).value == value


@pytest.mark.parametrize(
    ("day", "euros"),
    [(date(2019, 12, 31), 209_000), (date(2020, 1, 1), 214_000), (date(2026, 11, 22), 216_000)],
)
def test_the_threshold_of_contracts_follows_the_year(day: date, euros: int) -> None:
    assert in_force("transmission.contract_threshold", day).number == euros


def test_a_rule_read_as_what_it_is_not_is_a_mistake_of_the_programmer() -> None:
    rule = in_force("council.quorum", date(2026, 1, 1))

    assert rule.text == "absolute_majority"
    with pytest.raises(TypeError):
        _ = rule.number
