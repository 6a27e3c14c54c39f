"""Each chooses what they are written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.telling.actions.choose_mails import ChoiceUnknown, DayNotPossible, choose_mails
from hemicycle.chain.telling.kinds import KINDS, Kind, Rhythm
from hemicycle.chain.telling.models import MailChoices
from hemicycle.chain.telling.queries import choices_of
from tests.cast import NOON, TODAY, Cast
from tests.chain import told

pytestmark = pytest.mark.django_db


def test_only_what_is_not_usual_is_kept_and_told(cast: Cast) -> None:
    choose_mails(rhythms={"visa": "daily", "comment": "daily", "fate": "never"}, agent=cast.legal, at=NOON)

    assert MailChoices.objects.get().rhythms == {"visa": "daily", "fate": "never"}
    assert told.by(cast.legal, "", "telling.mails_chosen")
    chosen = choices_of(cast.legal)
    assert (chosen.rhythms[Kind.VISA], chosen.rhythms[Kind.FATE]) == (Rhythm.DAILY, Rhythm.NEVER)


def test_who_chose_nothing_has_the_usual_rhythms(cast: Cast) -> None:
    assert choices_of(cast.legal).rhythms == {kind: about.rhythm for kind, about in KINDS.items()}
    assert KINDS[Kind.VISA].rhythm == Rhythm.NOW and KINDS[Kind.FATE].rhythm == Rhythm.DAILY
    assert set(KINDS) == set(Kind)


def test_the_last_choice_is_the_one(cast: Cast) -> None:
    choose_mails(rhythms={"visa": "never"}, even_absent=True, suspended_until=TODAY, agent=cast.legal, at=NOON)

    choose_mails(rhythms={}, agent=cast.legal, at=NOON)

    row = MailChoices.objects.get()
    assert (row.rhythms, row.even_absent, row.suspended_until) == ({}, False, None)


@pytest.mark.parametrize("rhythms", [{"visa": "hourly"}, {"gossip": "now"}])
def test_a_choice_that_does_not_exist_is_refused(cast: Cast, rhythms: dict[str, str], nothing_written: Any) -> None:
    with pytest.raises(ChoiceUnknown), nothing_written():
        choose_mails(rhythms=rhythms, agent=cast.legal, at=NOON)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_suspension_is_to_come_and_for_a_time(cast: Cast, days: int, nothing_written: Any) -> None:
    with pytest.raises(DayNotPossible), nothing_written():
        choose_mails(rhythms={}, suspended_until=TODAY + dt.timedelta(days=days), agent=cast.legal, at=NOON)
