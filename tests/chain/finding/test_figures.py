from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.models import CircuitRun, RunStep
from hemicycle.chain.finding import figures
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_circuit, a_dossier, give_all_visas, send_back

MONTH = figures.Period(since=NOON - dt.timedelta(days=30), until=NOON + dt.timedelta(days=1))
Passage = Callable[..., Dossier]


@pytest.fixture
def passage(cast: Cast) -> Passage:
    """A dossier whose single step took so many days, ended so many days ago."""

    def made(took: float, *, ended: int = 1, **facts: object) -> Dossier:
        end = NOON - dt.timedelta(days=ended)
        dossier = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL), **facts)
        give_all_visas(dossier)
        start = end - dt.timedelta(days=took)
        RunStep.objects.filter(run__dossier=dossier).update(opened_at=start, closed_at=end)
        CircuitRun.objects.filter(dossier=dossier).update(started_at=start, completed_at=end)
        return dossier

    return made


def elsewhere(cast: Cast) -> dict[str, object]:
    return {"unit": cast.other_service, "drafter": cast.neighbour}


def test_waiting_dossiers_are_counted_where_they_are(cast: Cast) -> None:
    for trait in ({}, {"in_circuit": True}, {"ready": True}, {"archived": True}):
        a_dossier(cast, **trait)
    a_dossier(cast, in_circuit=True, **elsewhere(cast))
    RunStep.objects.filter(run__dossier__unit=cast.service, opened_at__isnull=False).update(due_on=TODAY)

    ours, other = figures.waiting(figures.scope(cast.clerk, on=TODAY), on=TODAY + dt.timedelta(days=1))

    assert (ours.direction, ours.total, ours.late) == ("DS", 3, 1)
    assert {key: many for key, many in ours.places.items() if many} == {"drafting": 1, "visas": 1, "sitting": 1}
    assert (other.direction, other.total, other.late) == ("DLP", 1, 0)


def test_the_time_of_a_step_is_told_beside_the_period_before(cast: Cast, passage: Passage) -> None:
    for days in (1, 2, 3, 4, 20):
        passage(days)
    passage(9, ended=40)
    passage(99, ended=200)

    (step,) = figures.times(figures.scope(cast.clerk, on=TODAY), MONTH).steps

    assert (step.label, step.count, step.median, step.p90, step.before) == ("Juridique", 5, 3, 20, 9)


def test_the_time_of_the_whole_circuit_is_told_by_direction(cast: Cast, passage: Passage) -> None:
    passage(2)
    passage(8, **elsewhere(cast))

    times = figures.times(figures.scope(cast.clerk, on=TODAY), MONTH)

    assert [(span.label, span.median) for span in times.directions] == [("DLP", 8), ("DS", 2)]
    assert times.whole is not None and times.whole.median == 5


def test_sendings_back_are_counted(cast: Cast, passage: Passage) -> None:
    passage(1)
    send_back(a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL)))

    times = figures.times(figures.scope(cast.clerk, on=TODAY), MONTH)

    assert times.steps[0].returns == times.directions[0].returns == 1


def test_a_head_sees_the_figures_of_the_units_below_alone(cast: Cast, passage: Passage) -> None:
    passage(2)
    passage(8, **elsewhere(cast))
    scope = figures.scope(cast.director, on=TODAY)

    assert [span.label for span in figures.times(scope, MONTH).directions] == ["DS"]
    assert {line.direction for line in figures.waiting(scope, on=TODAY)} <= {"DS"}
    assert sum(month.opened for month in figures.months(scope, since=NOON - dt.timedelta(days=60))) == 1


def test_a_dossier_under_embargo_counts_for_those_who_read_it(cast: Cast) -> None:
    a_dossier(cast, embargo=True)

    assert figures.waiting(figures.scope(cast.director, on=TODAY), on=TODAY) == []
    assert figures.waiting(figures.scope(cast.auditor, on=TODAY), on=TODAY) == []
    assert figures.waiting(figures.scope(cast.cabinet, on=TODAY), on=TODAY)[0].total == 1


@pytest.mark.parametrize("who", ["drafter", "legal", "outsider", "administrator", "archivist"])
def test_whoever_heads_nothing_has_no_figures(cast: Cast, who: str) -> None:
    with pytest.raises(NotEntitled):
        figures.scope(getattr(cast, who), on=TODAY)


def test_each_month_says_what_was_opened_and_adopted(cast: Cast) -> None:
    a_dossier(cast, opened_at=NOON - dt.timedelta(days=31))
    a_dossier(cast, adopted=True, opened_at=NOON)

    found = figures.months(figures.scope(cast.clerk, on=TODAY), since=NOON - dt.timedelta(days=60))

    assert [(m.on.month, m.opened, m.adopted) for m in found] == [(10, 1, 0), (11, 1, 0), (12, 0, 1)]
