"""Registers: no hole, no duplicate, whatever is undone."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from hemicycle.dossier import register
from hemicycle.dossier.models import Register, RegisterLine
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_numbers_follow_one_another() -> None:
    assert [register.next_number("CP", year=2026) for _ in range(3)] == [1, 2, 3]


def test_each_body_and_each_year_has_its_own_register() -> None:
    numbers = [register.next_number(name, year=year) for name, year in [("CP", 2026), ("CD", 2026), ("CP", 2027)]]

    assert numbers == [1, 1, 1]


def test_a_number_taken_by_what_was_undone_is_given_again() -> None:
    register.next_number("CP", year=2026)

    with pytest.raises(LookupError), transaction.atomic():
        assert register.next_number("CP", year=2026) == 2
        raise LookupError

    assert register.next_number("CP", year=2026) == 2


def test_the_act_takes_its_number_in_the_register_of_its_body(cast: Cast) -> None:
    first, second = a_dossier(cast, body="CD"), a_dossier(cast, body="CD")

    register.number_act(first, on=TODAY, at=NOON)
    register.number_act(second, on=TODAY, at=NOON)

    assert (first.act_number, second.act_number) == ("CD-2026-0001", "CD-2026-0002")
    assert RegisterLine.objects.get(dossier=second).number == 2


def test_the_database_refuses_a_number_twice_in_one_register(cast: Cast) -> None:
    dossier, other = a_dossier(cast), a_dossier(cast)
    register.number_act(dossier, on=TODAY, at=NOON)
    line = RegisterLine.objects.get(dossier=dossier)

    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterLine.objects.create(
            register=line.register,
            number=line.number,
            dossier=other,
            given_at=NOON,
            act_number="CP-2026-0009",
            decided_on=TODAY,
        )

    assert Register.objects.get(name="CP").last == 1


def test_the_number_of_a_dossier_bears_its_year() -> None:
    assert register.dossier_number(year=2026) == "R2026-0001"


def test_the_prefecture_s_number_has_no_hyphen_and_fits_in_fifteen_characters() -> None:
    number = register.actes_number("CP-2026-0123")

    assert number == "CP_2026_0123"
    assert len(number) <= 15
