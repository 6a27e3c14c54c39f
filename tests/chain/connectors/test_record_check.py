"""What a test found is recorded; what lasts or comes to its end is told, once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.connectors.actions import record_check as recording
from hemicycle.chain.connectors.actions.ask_check import ask_check
from hemicycle.chain.connectors.actions.record_check import record_check
from hemicycle.chain.connectors.models import Alarm, Check
from hemicycle.chain.connectors.systems import System
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.connectors.tested import a_certificate, recorded

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    settings.TDT_URL = "https://tdt.example"


def _alarms() -> list[tuple[str, int, bool]]:
    rows = Alarm.objects.order_by("pk")
    return [(alarm.kind, alarm.threshold, alarm.settled_at is None) for alarm in rows]


def test_the_test_asked_ends_with_its_result(cast: Cast) -> None:
    asked = ask_check(system=System.TRANSMISSION, agent=cast.administrator, at=NOON)

    check = recorded("failed", at=NOON + dt.timedelta(seconds=3), check_id=asked.pk, certificates=[a_certificate()])

    assert (check.pk, check.outcome, check.ended_at) == (asked.pk, "failed", NOON + dt.timedelta(seconds=3))
    assert check.certificates[0]["subject"] == "Département"
    assert told.by(cast.courier, "courier", "connectors.check_recorded")
    assert told.last()["facts"] == {"system": "transmission", "outcome": "failed", "failing": ["Compte"]}


def test_a_test_already_ended_is_left_as_it_is(cast: Cast, nothing_written: Any) -> None:
    asked = ask_check(system=System.TRANSMISSION, agent=cast.administrator, at=NOON)
    recorded("ok", check_id=asked.pk)

    with nothing_written():
        recorded("failed", at=NOON + HOUR, check_id=asked.pk)


def test_a_round_is_journaled_when_it_does_not_find_what_the_one_before_found(cast: Cast) -> None:
    for day, outcome in enumerate(("ok", "ok", "doubt", "doubt", "ok")):
        recorded(outcome, at=NOON + day * DAY)

    assert told.events() == ["connectors.check_recorded"] * 2


def test_a_system_that_fails_for_half_an_hour_raises_one_alarm_settled_when_it_works_again(cast: Cast) -> None:
    recorded("ok")
    recorded("failed", at=NOON + HOUR)
    first = _alarms()
    for hours in (2, 3):
        recorded("failed", at=NOON + hours * HOUR)
    lasting = _alarms()
    recorded("doubt", at=NOON + 4 * HOUR)

    assert (first, lasting, _alarms()) == ([], [("failing", 0, True)], [("failing", 0, False)])
    alarm = Alarm.objects.get()
    assert alarm.sentence.replace("\xa0", " ") == (
        "Transmission à la préfecture : en échec depuis le 24 novembre 2026 à 13 h 00. Le mot de passe est refusé."
    )
    assert alarm.remedy == "Corrigez HEMICYCLE_TDT_PASSWORD."
    assert told.events().count("connectors.alarm_raised") == 1
    assert told.events().count("connectors.alarm_settled") == 1


def test_the_first_test_of_all_may_fail(cast: Cast) -> None:
    recorded("failed")
    recorded("failed", at=NOON + HOUR)

    assert _alarms() == [("failing", 0, True)]


@pytest.mark.parametrize(
    ("days", "threshold"), [(90, None), (60, None), (59.5, 60), (30, 60), (29.5, 30), (6.5, 7), (0.5, 7), (-1, 0)]
)
def test_the_end_of_a_certificate_is_told_from_its_nearest_threshold(
    cast: Cast, days: float, threshold: int | None
) -> None:
    recorded("doubt", certificates=[a_certificate(days=days)])

    assert [each[1] for each in _alarms()] == ([] if threshold is None else [threshold])


def test_a_certificate_is_told_once_at_each_threshold(cast: Cast) -> None:
    ours = a_certificate(days=70)
    for day in (0, 15, 16, 45, 46, 65, 66, 71, 72):
        recorded("doubt", at=NOON + day * DAY, certificates=[ours])

    assert _alarms() == [
        ("expiring", 60, False),
        ("expiring", 30, False),
        ("expiring", 7, False),
        ("expiring", 0, True),
    ]


def test_a_certificate_replaced_settles_its_alarm_and_a_test_that_stopped_half_way_does_not(cast: Cast) -> None:
    recorded("doubt", certificates=[a_certificate(days=10)])
    recorded("failed", at=NOON + HOUR)
    stopped = _alarms()
    recorded("ok", at=NOON + 2 * HOUR, certificates=[a_certificate(days=800)])

    assert (stopped, _alarms()) == ([("expiring", 30, True)], [("expiring", 30, False)])


@pytest.mark.parametrize(("use", "days", "alarms"), [("server", 20, 0), ("server", 5, 1), ("root", -3, 0)])
def test_a_server_s_own_is_told_late_and_the_many_roots_are_not(cast: Cast, use: str, days: float, alarms: int) -> None:
    recorded("ok", certificates=[a_certificate(use=use, days=days)])

    assert len(_alarms()) == alarms


def test_the_oldest_tests_are_forgotten(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "KEPT", 3)
    for day in range(5):
        recorded(at=NOON + day * DAY)

    assert Check.objects.count() == 3
    assert Check.objects.order_by("-ended_at")[0].ended_at == NOON + 4 * DAY


def test_nobody_but_the_couriers_records(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        record_check(
            system=System.TRANSMISSION,
            outcome="ok",
            findings=[],
            certificates=[],
            agent=cast.administrator,
            at=NOON,
        )
