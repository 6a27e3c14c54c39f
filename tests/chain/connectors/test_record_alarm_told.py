"""An administrator was written to about an alarm."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.connectors.actions.record_alarm_told import record_alarm_told
from hemicycle.chain.connectors.models import Alarm
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.connectors.tested import a_certificate, recorded


@pytest.fixture
def alarm(cast: Cast) -> Alarm:
    recorded("doubt", certificates=[a_certificate(days=10)])
    return Alarm.objects.get()


def _told(alarm: Alarm, cast: Cast, by: str = "courier") -> None:
    to = cast.administrator.email
    record_alarm_told(alarm_id=alarm.pk, to=to, message_id="<a@b>", agent=getattr(cast, by), at=NOON)


def test_who_was_written_to_is_kept_and_journaled(cast: Cast, alarm: Alarm) -> None:
    _told(alarm, cast)

    alarm.refresh_from_db()
    assert alarm.told == [cast.administrator.email]
    assert told.by(cast.courier, "courier", "connectors.alarm_told")


def test_twice_is_once(cast: Cast, alarm: Alarm, nothing_written: Any) -> None:
    _told(alarm, cast)

    with nothing_written():
        _told(alarm, cast)


def test_nobody_but_the_couriers_records_it(cast: Cast, alarm: Alarm, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        _told(alarm, cast, by="administrator")
