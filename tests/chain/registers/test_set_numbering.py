"""The patterns of the numbers are chosen by the service des assemblées or the administrator, for what comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.registers.actions.set_numbering import NumberingRefused, set_numbering
from hemicycle.dossier import journal, register
from hemicycle.dossier.models import JournalEntry, Numbering
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db
NothingWritten = Callable[[], AbstractContextManager[None]]
GIVEN = {"key": "CP", "label": "Commission permanente", "pattern": "{register}{year}-{number:04}", "valid_from": TODAY}


def test_the_next_number_is_written_by_the_new_pattern_and_the_counter_goes_on(cast: Cast) -> None:
    first, second = a_dossier(cast), a_dossier(cast)
    register.number_act(first, on=TODAY, at=NOON)

    set_numbering(**GIVEN, agent=cast.clerk, at=NOON)

    assert register.number_act(second, on=TODAY, at=NOON) == "CP2026-0002"
    first.refresh_from_db()
    assert first.act_number == "CP-2026-0001"


@pytest.mark.parametrize("who", ["clerk", "administrator"])
def test_the_choice_is_in_the_journal_with_what_it_replaces(cast: Cast, who: str) -> None:
    set_numbering(**GIVEN, agent=getattr(cast, who), at=NOON)

    facts = JournalEntry.objects.get(event="registers.numbering_set").sealed["facts"]
    assert (facts["before"], facts["pattern"]) == ("{register}-{year}-{number:04}", GIVEN["pattern"])
    assert journal.head()


def test_chosen_twice_for_one_day_the_last_choice_stands(cast: Cast) -> None:
    set_numbering(**GIVEN, agent=cast.clerk, at=NOON)

    set_numbering(**GIVEN | {"pattern": "{register}_{year}_{number}"}, agent=cast.clerk, at=NOON)

    assert [row.pattern for row in Numbering.objects.order_by("id")] == ["{register}_{year}_{number}"]


@pytest.mark.parametrize("who", ["drafter", "president", "auditor", "outsider"])
def test_nobody_else_sets_the_numbering(cast: Cast, nothing_written: NothingWritten, who: str) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        set_numbering(**GIVEN, agent=getattr(cast, who), at=NOON)


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("key", "XX", "n’existe pas"),
        ("label", "  ", "Donnez au registre un nom"),
        ("pattern", "{number}", "dans cet ordre"),
        ("valid_from", TODAY - dt.timedelta(days=1), "numéros à venir"),
    ],
)
def test_what_is_not_acceptable_is_refused(
    cast: Cast, nothing_written: NothingWritten, field: str, wrong: object, said: str
) -> None:
    with pytest.raises(NumberingRefused, match=said), nothing_written():
        set_numbering(**GIVEN | {field: wrong}, agent=cast.clerk, at=NOON)
