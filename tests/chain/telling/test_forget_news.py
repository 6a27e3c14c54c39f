"""A year after it was told, a piece of news is forgotten; what waits is not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.telling.actions.forget_news import KEPT, forget_news
from hemicycle.chain.telling.actions.record_letter_sent import record_letter_sent
from hemicycle.chain.telling.models import Letter, Notification
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain.telling.to_tell import MOMENT, gather, note_all
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db
LATER = NOON + KEPT + dt.timedelta(days=1)


def told_and_waiting(cast: Cast) -> None:
    """Legal was written to; the drafter's digest waits."""
    dossier = a_dossier(cast, in_circuit=True)
    give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, at=NOON)
    note_all(cast)
    letter = gather(cast, cast.legal)
    assert letter is not None
    record_letter_sent(letter_id=letter.pk, message_id="<1@essai>", agent=cast.courier, at=NOON + MOMENT)


def test_what_was_told_long_ago_is_forgotten_and_what_waits_stays(cast: Cast) -> None:
    told_and_waiting(cast)

    forgotten = forget_news(agent=cast.courier, at=LATER)

    assert forgotten == 1
    assert [row.agent for row in Notification.objects.all()] == [cast.drafter]
    assert not Letter.objects.exists()


def test_within_the_year_nothing_is(cast: Cast, nothing_written: Any) -> None:
    told_and_waiting(cast)

    with nothing_written():
        assert forget_news(agent=cast.courier, at=NOON + KEPT) == 0


def test_nobody_else_makes_the_house_forget(cast: Cast, nothing_written: Any) -> None:
    told_and_waiting(cast)

    with pytest.raises(NotEntitled), nothing_written():
        forget_news(agent=cast.clerk, at=LATER)
