"""The patterns of numbers: what may be in one, and that a number given stays as it was given."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from hemicycle.dossier import numbering, register
from hemicycle.dossier.kinds import register_of
from hemicycle.dossier.models import Dossier, Nature, Numbering, RegisterLine
from hemicycle.dossier.numbering import PatternRefused, accept_pattern
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{register}-{year}-{number:04}", "CP-2026-0007"),
        ("{register}{year}-{number:04}", "CP2026-0007"),
        ("{register}_{year}_{number}", "CP_2026_7"),
        ("{register}{year}{number:06}", "CP2026000007"),
    ],
)
def test_a_pattern_gives_numbers_that_the_prefecture_takes(pattern: str, number: str) -> None:
    accepted = accept_pattern(pattern, register="CP")

    assert numbering.numbered(accepted, register="CP", year=2026, number=7) == number
    assert set(numbering.transmitted(number)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{register}-{year}",
        "{year}-{number:04}",
        "{number}-{register}-{year}",
        "{register}/{year}/{number:04}",
        "{register}-{year}-1{number}",
        "{register}-{year}-é{number}",
        "{register} {year} {number}",
        "{register}-{year}-{number:04}-",
        "{register}-{year}-{number:9}",
        "{register.__class__}-{year}-{number}",
    ],
)
def test_a_pattern_that_could_give_one_number_twice_or_a_refused_one_is_not_accepted(pattern: str) -> None:
    with pytest.raises(PatternRefused, match=r"\{register\}, \{year\} puis \{number\}"):
        accept_pattern(pattern, register="CP")


def test_a_number_too_long_for_a_second_transmission_is_not_accepted() -> None:
    with pytest.raises(PatternRefused, match="compte 14 caractères"):
        accept_pattern("{register}-{year}-N-{number:04}", register="CP")


@pytest.mark.django_db
def test_an_act_is_numbered_by_the_pattern_in_force_on_its_day(cast: Cast) -> None:
    Numbering.objects.create(
        register="CP", label="Commission permanente", pattern="{register}{year}-{number:03}", valid_from=TODAY
    )
    before, after = a_dossier(cast), a_dossier(cast)

    register.number_act(before, on=TODAY - dt.timedelta(days=1), at=NOON)
    register.number_act(after, on=TODAY, at=NOON)

    assert (before.act_number, after.act_number) == ("CP-2026-0001", "CP2026-002")
    assert [line.act_number for line in RegisterLine.objects.order_by("number")] == ["CP-2026-0001", "CP2026-002"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nature", "number"),
    [
        (Nature.DELIBERATION, "CP-2026-0001"),
        (Nature.REGULATORY, "AR-2026-0001"),
        (Nature.INDIVIDUAL, "AR-2026-0001"),
        (Nature.DECISION, "DP-2026-0001"),
    ],
)
def test_each_kind_of_act_takes_its_number_in_its_own_register(cast: Cast, nature: Nature, number: str) -> None:
    dossier = a_dossier(cast, nature=nature)

    assert register.number_act(dossier, on=TODAY, at=NOON) == number
    assert RegisterLine.objects.get(dossier=dossier).register.name == register_of(dossier)


@pytest.mark.django_db
def test_the_database_refuses_one_number_of_act_on_two_lines(cast: Cast) -> None:
    first, second = a_dossier(cast), a_dossier(cast)
    register.number_act(first, on=TODAY, at=NOON)
    line = RegisterLine.objects.get(dossier=first)

    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterLine.objects.create(
            register=line.register,
            number=2,
            dossier=second,
            given_at=NOON,
            act_number=line.act_number,
            decided_on=TODAY,
        )

    assert Dossier.objects.get(id=first.id).act_number == line.act_number
