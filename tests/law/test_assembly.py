"""Proxies, quorum and refusals of the assembly's rules."""

from __future__ import annotations

from datetime import date

import pytest

from hemicycle.law.proxies import Proxy, proxy_faults
from hemicycle.law.quorum import quorum, quorum_met, second_meeting
from hemicycle.law.rule import LawError

TODAY = date(2026, 6, 18)
ROOM = {"M. Aubin", "Mme Besson"}


def _faults(*pairs: tuple[str, str], on: date = TODAY) -> list[str]:
    proxies = [Proxy(giver=giver, holder=holder) for giver, holder in pairs]
    return [fault.fault for fault in proxy_faults(proxies, present=ROOM, on=on)]


def test_a_second_proxy_to_one_holder_is_refused_by_name() -> None:
    proxies = [
        Proxy(giver="M. Colin", holder="M. Aubin"),
        Proxy(giver="Mme Doré", holder="M. Aubin"),
    ]

    faults = proxy_faults(proxies, present=ROOM, on=TODAY)

    assert [fault.proxy.giver for fault in faults] == ["Mme Doré"]
    assert "M. Aubin reçoit un seul pouvoir : celui de Mme Doré est en trop" in faults[0].sentence
    assert faults[0].article == "CGCT, art. L3121-16"


def test_two_proxies_to_one_holder_held_in_the_health_crisis() -> None:
    pairs = (("M. Colin", "M. Aubin"), ("Mme Doré", "M. Aubin"))

    assert _faults(*pairs, on=date(2022, 3, 10)) == []
    assert _faults(*pairs, on=date(2021, 10, 15)) == ["too_many"]


@pytest.mark.parametrize(
    ("pair", "fault"),
    [
        (("M. Colin", "M. Colin"), "to_oneself"),
        (("Mme Besson", "M. Aubin"), "giver_present"),
        (("M. Colin", "M. Evrard"), "holder_absent"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_named(pair: tuple[str, str], fault: str) -> None:
    assert _faults(pair) == [fault]


def test_a_proxy_does_not_travel_through_an_absent_holder() -> None:
    assert _faults(("M. Colin", "Mme Doré"), ("Mme Doré", "M. Aubin")) == ["holder_is_giver"]


def test_a_member_gives_one_proxy_only() -> None:
    assert _faults(("M. Colin", "M. Aubin"), ("M. Colin", "Mme Besson")) == ["given_twice", "given_twice"]


def test_the_quorum_says_how_it_was_counted() -> None:
    check = quorum_met("council", in_office=42, present=21, represented=5, on=TODAY)

    assert not check.reached
    assert check.explanation == (
        "Quorum non atteint : 21 membres présents pour 22 exigés. Quorum du conseil départemental : "
        "22 membres présents (majorité absolue des 42 membres en exercice)."
    )


@pytest.mark.parametrize(("in_office", "representatives"), [(0, 0), (10, 10), (10, -1)])
def test_a_quorum_on_impossible_numbers_is_refused(in_office: int, representatives: int) -> None:
    with pytest.raises(LawError, match="corrigez l’effectif"):
        quorum("council", in_office=in_office, on=TODAY, representatives=representatives)


def test_the_second_meeting_may_come_later_in_the_health_crisis() -> None:
    meeting = second_meeting("council", failed_on=date(2022, 3, 8))

    assert meeting.mode == "at_least"
    assert "au plus tôt le 11 mars 2022" in meeting.explanation
