from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.finding import queries
from hemicycle.chain.finding.actions.save_filter import (
    MOST,
    NameMissing,
    NothingNarrowed,
    TooManyFilters,
    save_filter,
)
from hemicycle.chain.finding.models import SavedFilter
from hemicycle.dossier.models import JournalEntry
from tests.cast import NOON, Cast


def test_a_filter_is_kept_under_its_name_for_its_owner_alone(cast: Cast) -> None:
    save_filter(name="  Mes\nretards ", criteria={"tray": "retard", "stage": "in_circuit"}, agent=cast.legal, at=NOON)

    (kept,) = queries.filters_of(cast.legal)
    assert (kept.name, kept.criteria.plain()) == ("Mes retards", {"tray": "retard", "stage": "in_circuit"})
    assert queries.filters_of(cast.clerk) == []
    assert JournalEntry.objects.get().event == "finding.filter_saved"


def test_the_same_name_takes_the_new_criteria(cast: Cast) -> None:
    for year in ("2025", "2026"):
        save_filter(name="Sport", criteria={"year": year}, agent=cast.legal, at=NOON)

    assert SavedFilter.objects.get().criteria == {"year": "2026"}


def test_what_makes_no_sense_is_left_out(cast: Cast) -> None:
    criteria = {"words": "club", "stage": "nulle part", "unit": "1 OR 1=1", "unknown": "x", "year": "²"}

    save_filter(name="Club", criteria=criteria, agent=cast.legal, at=NOON)

    assert SavedFilter.objects.get().criteria == {"words": "club"}


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\n"])
def test_a_filter_without_a_name_is_refused(cast: Cast, nothing_written: Any, name: str) -> None:
    with pytest.raises(NameMissing), nothing_written():
        save_filter(name=name, criteria={"words": "club"}, agent=cast.legal, at=NOON)


@pytest.mark.parametrize("criteria", [{}, {"stage": "nulle part"}, {"words": "  "}])
def test_a_filter_that_asks_for_nothing_is_refused(cast: Cast, nothing_written: Any, criteria: dict[str, str]) -> None:
    with pytest.raises(NothingNarrowed), nothing_written():
        save_filter(name="Tout", criteria=criteria, agent=cast.legal, at=NOON)


def test_one_filter_too_many_is_refused(cast: Cast, nothing_written: Any) -> None:
    for n in range(MOST):
        save_filter(name=f"Filtre {n}", criteria={"words": "club"}, agent=cast.legal, at=NOON)

    with pytest.raises(TooManyFilters), nothing_written():
        save_filter(name="De trop", criteria={"words": "club"}, agent=cast.legal, at=NOON)
