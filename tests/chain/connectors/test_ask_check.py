"""Asking whether an outside system works."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.connectors.actions.ask_check import SystemNotSet, ask_check
from hemicycle.chain.connectors.models import Check
from hemicycle.chain.connectors.systems import System
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    settings.TDT_URL = "https://tdt.example"


def test_the_question_of_an_administrator_is_noted(cast: Cast) -> None:
    check = ask_check(system=System.TRANSMISSION, agent=cast.administrator, at=NOON)

    assert (check.system, check.asked_at, check.asked_by, check.ended_at) == (
        *("transmission", NOON, cast.administrator, None),
    )
    assert told.by(cast.administrator, "administrator", "connectors.check_asked")
    assert told.last()["facts"] == {"check": check.pk, "system": "transmission"}


def test_a_test_under_way_is_not_asked_again(cast: Cast, nothing_written: Any) -> None:
    asked = ask_check(system=System.TRANSMISSION, agent=cast.administrator, at=NOON)

    with nothing_written():
        again = ask_check(system=System.TRANSMISSION, agent=cast.administrator, at=NOON + dt.timedelta(minutes=1))

    assert again == asked


def test_one_that_nobody_carried_is_asked_anew(cast: Cast) -> None:
    asked = ask_check(system=System.TRANSMISSION, agent=cast.administrator, at=NOON)

    again = ask_check(system=System.TRANSMISSION, agent=cast.administrator, at=NOON + dt.timedelta(minutes=6))

    assert again.pk != asked.pk
    assert list(Check.objects.filter(ended_at=None).order_by("pk")) == [again]


def test_a_system_that_is_not_set_is_refused(cast: Cast, settings: Any, nothing_written: Any) -> None:
    settings.SAE_URL = ""

    with pytest.raises(SystemNotSet, match="rien à tester"), nothing_written():
        ask_check(system=System.ARCHIVE, agent=cast.administrator, at=NOON)


@pytest.mark.parametrize("who", ["clerk", "auditor", "president", "courier"])
def test_nobody_else_asks(cast: Cast, who: str, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        ask_check(system=System.TRANSMISSION, agent=getattr(cast, who), at=NOON)
