"""Stations that are awaited together: the opinions that a visa waits for; and what keeps a matter where it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hemicycle.workflow.circuit import Step
from hemicycle.workflow.passage import Passage, Station, Visa, awaited, awaited_at, current, open_ranks
from hemicycle.workflow.progress import working_days
from tests.workflow.walks import NOON


def _station(name: str, asked_by: int | None = None) -> Station:
    step = Step(label=name, kind="one_of", role=name, required=asked_by is None)
    return Station(step=step, holders=(name,), asked_by=asked_by)


#: The finances (rank 3) asked two opinions (1 and 2); the first of these asked another (0).
ASKED = Passage(
    circuit="Essai",
    stations=(_station("relais", 1), _station("ana", 3), _station("bob", 3), _station("finances"), _station("dgs")),
    required=(),
    started_at=NOON,
    moved_at=NOON,
)


def _said(passage: Passage, *ranks: int) -> Passage:
    names = [station.holders[0] for station in passage.stations]
    visas = tuple(Visa(station=r, holder=names[r], actor=names[r], digest="v1", at=NOON) for r in ranks)
    return replace(passage, visas=visas)


def test_a_visa_waits_for_all_its_opinions_and_these_for_theirs() -> None:
    assert open_ranks(ASKED) == (0, 2)
    assert awaited(ASKED) == ("relais", "bob")
    assert open_ranks(_said(ASKED, 0)) == (1, 2)
    assert open_ranks(_said(ASKED, 0, 1)) == (2,)
    assert open_ranks(_said(ASKED, 0, 1, 2)) == (3,)
    assert open_ranks(_said(ASKED, 0, 1, 2, 3)) == (4,)


def test_an_opinion_asked_of_a_station_already_settled_holds_nothing_up() -> None:
    assert current(_said(ASKED, 3)) == 4


def test_a_station_keeps_the_matter_until_it_is_settled_whatever_came_before() -> None:
    assert open_ranks(_said(ASKED, 0, 1, 2), focus=4) == (4,)
    assert open_ranks(_said(ASKED, 0, 1, 2, 4), focus=4) == (3,)


def test_with_the_drafter_nobody_is_awaited() -> None:
    assert open_ranks(replace(ASKED, with_drafter=True), focus=4) == ()


def test_who_has_still_to_act_at_a_station() -> None:
    assert (awaited_at(ASKED, 4), awaited_at(_said(ASKED, 4), 4)) == (("dgs",), ())


def test_working_days_are_counted_from_the_day_after() -> None:
    weekdays = [
        working_days(date(2026, 11, 24), date(2026, 11, day), working=lambda d: d.weekday() < 5)
        for day in (24, 25, 27, 30)
    ]

    assert weekdays == [0, 1, 3, 4]
