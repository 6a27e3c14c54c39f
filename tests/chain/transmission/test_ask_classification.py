"""Asking the préfecture for its nomenclature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.ask_classification import ask_classification
from hemicycle.chain.transmission.models import ClassificationRequest
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize("who", ["courier", "clerk", "administrator"])
def test_the_question_is_noted(cast: Cast, who: str) -> None:
    asked = ask_classification(agent=getattr(cast, who), at=NOON)

    assert (asked.asked_at, asked.answered_at) == (NOON, None)


def test_a_question_that_waits_for_its_answer_is_not_asked_again(cast: Cast, nothing_written: NothingWritten) -> None:
    ask_classification(agent=cast.courier, at=NOON)

    with nothing_written():
        ask_classification(agent=cast.clerk, at=NOON + dt.timedelta(minutes=5))


def test_a_question_left_without_an_answer_may_be_asked_again(cast: Cast) -> None:
    ask_classification(agent=cast.courier, at=NOON)

    ask_classification(agent=cast.clerk, at=NOON + dt.timedelta(minutes=15))

    assert ClassificationRequest.objects.count() == 2


def test_a_drafter_asks_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        ask_classification(agent=cast.drafter, at=NOON)
