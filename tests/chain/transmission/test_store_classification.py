"""Keeping the nomenclature of the préfecture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from hemicycle.chain.transmission.actions.store_classification import NotAClassification, store_classification
from hemicycle.chain.transmission.outgoing import classification_in_force
from hemicycle.dossier.models import JournalEntry
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.protocols.actes import build_message, default_classification
from hemicycle.protocols.actes.messages import RetourClassification
from tests.cast import NOON, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]


def a_classification(dated: dt.date) -> bytes:
    return build_message(RetourClassification(classification=replace(default_classification(), dated=dated)))


def test_the_nomenclature_received_is_the_one_in_force(cast: Cast) -> None:
    store_classification(data=a_classification(dt.date(2026, 3, 1)), agent=cast.courier, at=NOON)

    cast.authority.refresh_from_db()
    assert cast.authority.classification_date == dt.date(2026, 3, 1)
    assert classification_in_force().dated == dt.date(2026, 3, 1)
    assert JournalEntry.objects.get().event == "transmission.classification_stored"


def test_before_the_first_the_national_one_serves(cast: Cast) -> None:
    assert classification_in_force() == default_classification()


@pytest.mark.parametrize("dated", [dt.date(2026, 3, 1), dt.date(2025, 1, 1)], ids=["the same", "an older one"])
def test_nothing_new_changes_nothing(cast: Cast, dated: dt.date, nothing_written: NothingWritten) -> None:
    store_classification(data=a_classification(dt.date(2026, 3, 1)), agent=cast.courier, at=NOON)

    with nothing_written():
        store_classification(data=a_classification(dated), agent=cast.courier, at=NOON)


@pytest.mark.parametrize("data", [b"", b"KO\nErreur", b"<a/>"])
def test_what_is_no_nomenclature_is_refused(cast: Cast, data: bytes, nothing_written: NothingWritten) -> None:
    with pytest.raises(NotAClassification), nothing_written():
        store_classification(data=data, agent=cast.courier, at=NOON)


def test_a_drafter_changes_no_nomenclature(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        store_classification(data=a_classification(dt.date(2026, 3, 1)), agent=cast.drafter, at=NOON)
