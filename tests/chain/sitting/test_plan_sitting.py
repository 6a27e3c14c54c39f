"""Planning a sitting."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.sitting.actions.plan_sitting import SittingRefused, plan_sitting
from hemicycle.chain.sitting.models import Sitting, SittingState
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told

pytestmark = pytest.mark.django_db

STARTS = NOON + dt.timedelta(days=20)


def planned(cast: Cast, **given: Any) -> Sitting:
    fields: dict[str, Any] = {"body": "CP", "starts_at": STARTS, "place": "Ambrelle", "agent": cast.clerk, "at": NOON}
    return plan_sitting(**(fields | given))


def test_a_sitting_planned_is_in_preparation(cast: Cast) -> None:
    sitting = planned(cast, place="  Salle des délibérations ")

    assert (sitting.state, sitting.body, sitting.starts_at) == (SittingState.PREPARING, "CP", STARTS)
    assert (sitting.place, sitting.planned_by) == ("Salle des délibérations", cast.clerk)
    assert told.by(cast.clerk, "assembly_office", "sitting.planned")
    assert told.last()["facts"] == {
        "sitting": str(sitting.id),
        "body": "CP",
        "starts_at": "2026-12-14T11:00:00.000000+00:00",
        "place": "Salle des délibérations",
    }


def test_the_president_plans_too_and_both_bodies_may_sit_at_one_time(cast: Cast) -> None:
    planned(cast)
    planned(cast, body="CD", agent=cast.president)

    assert told.by(cast.president, "president", "sitting.planned")


@pytest.mark.parametrize("who", ["drafter", "cabinet", "chief_executive", "secretariat", "outsider"])
def test_the_others_are_refused(cast: Cast, who: str, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled, match="Planifier une séance est réservé"), nothing_written():
        planned(cast, agent=getattr(cast, who))


@pytest.mark.parametrize(("given", "field"), [({"body": "XX"}, "body"), ({"place": " "}, "place"), ({}, "starts_at")])
def test_a_bad_field_is_refused_by_its_name(
    cast: Cast, given: dict[str, Any], field: str, nothing_written: Any
) -> None:
    planned(cast)

    with pytest.raises(SittingRefused) as refusal, nothing_written():
        planned(cast, **given)

    assert refusal.value.field == field
