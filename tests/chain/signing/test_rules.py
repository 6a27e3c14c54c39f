"""Whether a certificate is somebody's."""

from __future__ import annotations

import pytest

from hemicycle.chain.signing.rules import names


@pytest.mark.parametrize(
    "common_name", ["Hélène Marquisat", "MARQUISAT Hélène", "Helene MARQUISAT", "Hélène Marie Marquisat (président)"]
)
def test_a_name_is_known_whatever_its_order_its_accents_and_its_capitals(common_name: str) -> None:
    assert names(common_name, "Hélène Marquisat")


@pytest.mark.parametrize("common_name", ["Marquisat", "Paul Marquisat", "", "Hélène Marquis"])
def test_part_of_a_name_is_not_the_person(common_name: str) -> None:
    assert not names(common_name, "Hélène Marquisat")


def test_nobody_is_not_everybody() -> None:
    assert not names("Hélène Marquisat", "")
