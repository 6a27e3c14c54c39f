"""Telling, once, that the préfecture leaves a deposit unanswered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission.actions.note_silence import note_silence
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.departures import acknowledged, deposited

NothingWritten = Callable[[], AbstractContextManager[None]]
#: Deposited a Tuesday: Wednesday is the full working day, Thursday the silence is told.
THURSDAY = NOON + dt.timedelta(days=2)


def test_after_a_full_working_day_the_silence_is_told(cast: Cast) -> None:
    dossier, _ = deposited(cast)
    assert queries.silences(on=day(THURSDAY)) == [dossier.id]

    departure = note_silence(dossier_id=dossier.id, agent=cast.courier, at=THURSDAY)

    assert departure.silence_told_at == THURSDAY
    assert journal.of(dossier)[-1].event == "transmission.answer_missing"
    assert list(queries.unanswered(cast.clerk, on=day(THURSDAY))) == [dossier]
    assert queries.silences(on=day(THURSDAY)) == []


def test_it_is_told_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)
    note_silence(dossier_id=dossier.id, agent=cast.courier, at=THURSDAY)

    with nothing_written():
        note_silence(dossier_id=dossier.id, agent=cast.courier, at=THURSDAY + dt.timedelta(days=1))


def test_the_day_after_is_too_soon(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with nothing_written():
        note_silence(dossier_id=dossier.id, agent=cast.courier, at=NOON + dt.timedelta(days=1))


def test_an_answer_that_came_is_no_silence(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = acknowledged(cast)

    with nothing_written():
        note_silence(dossier_id=dossier.id, agent=cast.courier, at=THURSDAY)


def test_only_the_courier_tells_it(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(NotEntitled), nothing_written():
        note_silence(dossier_id=dossier.id, agent=cast.clerk, at=THURSDAY)
