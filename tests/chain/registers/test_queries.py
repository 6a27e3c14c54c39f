"""The lines of a register: all of them, in order, each as its reader may see it."""

from __future__ import annotations

import pytest

from hemicycle.chain.registers import queries
from hemicycle.chain.registers.actions.cancel_number import cancel_number
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_the_lines_follow_one_another_the_cancelled_one_with_its_reason(cast: Cast) -> None:
    first, second, third = (a_dossier(cast, adopted=True) for _ in range(3))
    cancel_number(dossier_id=second.id, reason="Vote à reprendre.", agent=cast.clerk, at=NOON)

    lines = queries.lines("CP", 2026, agent=cast.clerk, on=TODAY)

    assert [line.number for line in lines] == [first.act_number, second.act_number, third.act_number]
    assert [line.cancelled_reason for line in lines] == ["", "Vote à reprendre.", ""]
    assert (lines[0].dossier_id, lines[1].cancelled_on) == (first.id, TODAY)


def test_whoever_may_not_read_the_dossier_sees_its_number_alone(cast: Cast) -> None:
    dossier = a_dossier(cast, adopted=True)

    (line,) = queries.lines("CP", 2026, agent=cast.outsider, on=TODAY)

    assert (line.number, line.object, line.dossier_id, line.stage) == (dossier.act_number, "", None, "")


def test_a_published_act_is_named_to_everyone(cast: Cast) -> None:
    dossier = a_dossier(cast, published=True)

    (line,) = queries.lines("CP", 2026, agent=cast.outsider, on=TODAY)

    assert (line.object, line.dossier_id, line.published_on) == (dossier.object, None, TODAY)


def test_the_registers_that_have_numbers_are_listed_in_the_order_of_the_kinds(cast: Cast) -> None:
    a_dossier(cast, adopted=True, body="CD")
    a_dossier(cast, adopted=True, body="CP")

    assert [(year.key, year.year, year.last) for year in queries.years(on=TODAY)] == [("CP", 2026, 1), ("CD", 2026, 1)]
