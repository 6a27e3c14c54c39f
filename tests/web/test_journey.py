"""The line of a dossier: what each station says at each stage."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.drafting.actions.withdraw_dossier import withdraw_dossier
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.web import journey
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier


def line(dossier: Dossier, *, on: dt.date = TODAY) -> dict[str, tuple[str, str]]:
    stations = journey.stations(dossier, circuit.steps_of(dossier), journal.of(dossier), on=on)
    return {station.label: (station.state, station.sub) for station in stations}


def test_a_draft_is_at_its_first_station(cast: Cast) -> None:
    drawn = line(a_dossier(cast))

    assert drawn["Rédigé"][0] == "current"
    assert {state for label, (state, _) in drawn.items() if label != "Rédigé"} == {"todo"}


def test_the_circuit_shows_who_is_awaited_then_who_is_late(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    assert line(dossier)["Chef de service"] == ("current", "attendu")
    assert line(dossier, on=TODAY + dt.timedelta(days=30))["Chef de service"][0] == "late"


def test_a_sending_back_is_a_refusal_until_the_text_is_corrected(cast: Cast) -> None:
    drawn = line(a_dossier(cast, to_correct=True))

    assert drawn["Rédigé"] == ("current", "à corriger")
    assert drawn["Chef de service"] == ("refused", "renvoyé")


@pytest.mark.parametrize(
    ("reached", "here", "passed"),
    [
        ("ready", "CP", "Cabinet"),
        ("on_agenda", "Vote", "CP"),
        ("adopted", "Signé", "Vote"),
        ("to_sign", "Signé", "Vote"),
        ("signed", "Préfecture", "Signé"),
        ("transmitted", "Préfecture", "Signé"),
        ("acknowledged", "Publié", "Préfecture"),
        ("published", "Archivé", "Publié"),
        ("deposited", "Archivé", "Publié"),
    ],
)
def test_each_stage_has_one_station_where_the_dossier_waits(cast: Cast, reached: str, here: str, passed: str) -> None:
    traits: dict[str, Any] = {reached: True}

    drawn = line(a_dossier(cast, **traits))

    assert [label for label, (state, _) in drawn.items() if state == "current"] == [here]
    assert drawn[passed][0] == "done"


def test_an_archived_dossier_has_passed_every_station(cast: Cast) -> None:
    assert {state for state, _ in line(a_dossier(cast, archived=True)).values()} == {"done"}


@pytest.mark.parametrize(
    ("stage", "station"),
    [
        (Stage.REJECTED, "Vote"),
        (Stage.REFUSED_BY_PREFECTURE, "Préfecture"),
        (Stage.REFUSED_BY_ARCHIVE, "Archivé"),
    ],
)
def test_a_refusal_shows_where_it_was_met(cast: Cast, stage: Stage, station: str) -> None:
    dossier = a_dossier(cast, archived=True)
    dossier.stage = stage

    assert line(dossier)[station][0] == "refused"


def test_a_withdrawn_dossier_stops_there(cast: Cast) -> None:
    dossier = a_dossier(cast)
    withdraw_dossier(dossier_id=dossier.id, reason="Doublon.", agent=cast.drafter, at=NOON)
    dossier.refresh_from_db()

    assert list(line(dossier)) == ["Rédigé", "Retiré"]
