"""What the préfecture answers about its nomenclature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from hemicycle.chain.transmission.actions.ask_classification import ask_classification
from hemicycle.chain.transmission.actions.record_classification import record_classification
from hemicycle.chain.transmission.actions.store_classification import NotAClassification
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.protocols.actes import build_message, default_classification
from hemicycle.protocols.actes.messages import RetourClassification
from tests.cast import NOON, TODAY, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]


def a_nomenclature(*, dated: dt.date = TODAY) -> bytes:
    return build_message(RetourClassification(classification=replace(default_classification(), dated=dated)))


def test_a_new_nomenclature_is_stored_and_said_to_be_new(cast: Cast) -> None:
    asked = ask_classification(agent=cast.courier, at=NOON)

    answered = record_classification(request_id=asked.pk, data=a_nomenclature(), agent=cast.courier, at=NOON)

    cast.authority.refresh_from_db()
    assert (answered.answered_at, answered.dated, answered.changed) == (NOON, TODAY, True)
    assert cast.authority.classification_date == TODAY


def test_the_one_already_held_changes_nothing(cast: Cast) -> None:
    first = ask_classification(agent=cast.courier, at=NOON)
    record_classification(request_id=first.pk, data=a_nomenclature(), agent=cast.courier, at=NOON)
    again = ask_classification(agent=cast.courier, at=NOON)

    answered = record_classification(request_id=again.pk, data=a_nomenclature(), agent=cast.courier, at=NOON)

    assert (answered.dated, answered.changed) == (TODAY, False)


def test_an_answer_is_recorded_once(cast: Cast, nothing_written: NothingWritten) -> None:
    asked = ask_classification(agent=cast.courier, at=NOON)
    record_classification(request_id=asked.pk, data=a_nomenclature(), agent=cast.courier, at=NOON)

    with nothing_written():
        record_classification(request_id=asked.pk, data=a_nomenclature(), agent=cast.courier, at=NOON)


@pytest.mark.parametrize("data", [b"", b"KO\n", b"<a/>"])
def test_what_is_no_nomenclature_leaves_the_question_open(
    cast: Cast, nothing_written: NothingWritten, data: bytes
) -> None:
    asked = ask_classification(agent=cast.courier, at=NOON)

    with pytest.raises(NotAClassification), nothing_written():
        record_classification(request_id=asked.pk, data=data, agent=cast.courier, at=NOON)


def test_a_drafter_answers_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    asked = ask_classification(agent=cast.courier, at=NOON)

    with pytest.raises(NotEntitled), nothing_written():
        record_classification(request_id=asked.pk, data=a_nomenclature(), agent=cast.drafter, at=NOON)
