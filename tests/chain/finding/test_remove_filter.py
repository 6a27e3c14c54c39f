from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.finding.actions.remove_filter import FilterGone, remove_filter
from hemicycle.chain.finding.actions.save_filter import save_filter
from hemicycle.chain.finding.models import SavedFilter
from hemicycle.dossier.models import JournalEntry
from tests.cast import NOON, Cast


def test_a_filter_removed_is_kept_no_more(cast: Cast) -> None:
    kept = save_filter(name="Sport", criteria={"words": "club"}, agent=cast.legal, at=NOON)

    remove_filter(filter_id=kept.pk, agent=cast.legal, at=NOON)

    assert not SavedFilter.objects.exists()
    assert JournalEntry.objects.order_by("-n")[0].sealed["facts"] == {"filter": "Sport"}


def test_somebody_else_s_filter_is_not_removed(cast: Cast, nothing_written: Any) -> None:
    kept = save_filter(name="Sport", criteria={"words": "club"}, agent=cast.legal, at=NOON)

    with pytest.raises(FilterGone), nothing_written():
        remove_filter(filter_id=kept.pk, agent=cast.clerk, at=NOON)


def test_a_filter_is_removed_once(cast: Cast, nothing_written: Any) -> None:
    kept = save_filter(name="Sport", criteria={"words": "club"}, agent=cast.legal, at=NOON)
    remove_filter(filter_id=kept.pk, agent=cast.legal, at=NOON)

    with pytest.raises(FilterGone), nothing_written():
        remove_filter(filter_id=kept.pk, agent=cast.legal, at=NOON)
