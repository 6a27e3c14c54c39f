from __future__ import annotations

import datetime as dt

from hemicycle.chain.circuit.models import CircuitRun, RunStep
from hemicycle.chain.finding import figures, forecast
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier, a_sitting, give_all_visas


def pace(cast: Cast, days: int) -> None:
    """Each step of the short circuit usually takes so many days."""
    dossier = a_dossier(cast, in_circuit=True)
    give_all_visas(dossier)
    started = NOON - dt.timedelta(days=days)
    RunStep.objects.filter(run__dossier=dossier).update(opened_at=started, closed_at=NOON)
    CircuitRun.objects.filter(dossier=dossier).update(started_at=NOON - dt.timedelta(days=3 * days), completed_at=NOON)


def forecast_of(cast: Cast, who: str = "clerk") -> forecast.Forecast:
    (found,) = forecast.next_sittings(figures.scope(getattr(cast, who), on=TODAY), at=NOON)
    return found


def test_what_cannot_be_ready_before_the_summons_leaves_will_miss_the_sitting(cast: Cast) -> None:
    pace(cast, 5)
    sitting = a_sitting(cast, starts_at=NOON + dt.timedelta(days=30))
    aimed = {"target_date": TODAY + dt.timedelta(days=30), "body": "CP"}
    behind, in_time = a_dossier(cast, **aimed), a_dossier(cast, in_circuit=True, **aimed)
    RunStep.objects.filter(run__dossier=in_time, order__lt=3).update(closed_at=NOON)

    soon = forecast_of(cast)
    assert (soon.sitting, soon.aimed, soon.missing) == (sitting, 2, [])
    assert soon.summons_by == TODAY + dt.timedelta(days=21)

    sitting.starts_at = NOON + dt.timedelta(days=20)
    sitting.save()
    for dossier in (behind, in_time):
        dossier.target_date = TODAY + dt.timedelta(days=20)
        dossier.save()

    (miss,) = forecast_of(cast).missing
    assert miss.dossier == behind
    assert miss.ready_on == TODAY + dt.timedelta(days=17)


def test_a_dossier_that_the_reader_may_not_read_is_not_named(cast: Cast) -> None:
    a_sitting(cast, starts_at=NOON + dt.timedelta(days=3))
    aimed = {"target_date": TODAY + dt.timedelta(days=3), "body": "CP"}
    a_dossier(cast, unit=cast.other_service, drafter=cast.neighbour, **aimed)
    secret = a_dossier(cast, embargo=True, **aimed)

    assert forecast_of(cast, "director").missing == []
    assert [m.dossier for m in forecast_of(cast, "cabinet").missing] == [secret]
