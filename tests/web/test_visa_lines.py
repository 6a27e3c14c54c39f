"""The visas of a dossier in words: given, missing, waived, done without, and their proof."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.models import RunStep, Visa
from hemicycle.dossier.models import Dossier
from hemicycle.web import journey
from hemicycle.web.visa_lines import proofs, visa_lines
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def lines(dossier: Dossier, agent: Agent, on: dt.date = TODAY) -> dict[str, dict[str, Any]]:
    return {line["label"]: line for line in visa_lines(circuit.steps_of(dossier), agent, corrected=False, on=on)}


def station(dossier: Dossier, label: str, on: dt.date = TODAY) -> Any:
    drawn = journey.stations(dossier, circuit.steps_of(dossier), [], on=on)
    return next(found for found in drawn if found.label == label)


def test_an_awaited_visa_names_whom_it_is_awaited_of(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    assert lines(dossier, cast.head_of_service)["Chef de service"]["note"].startswith("attendu de vous, avant le ")
    assert lines(dossier, cast.drafter)["Chef de service"]["note"].startswith("attendu de Chems Chef, avant le ")
    assert lines(dossier, cast.drafter, TODAY + dt.timedelta(days=30))["Chef de service"]["state"] == "late"


def test_a_waived_step_is_never_said_given(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    RunStep.objects.filter(run__dossier=dossier, label="Juridique").update(
        waived_at=NOON, waived_by=cast.chief_executive, waived_why="Avis déjà donné en commission."
    )

    line = lines(dossier, cast.drafter)["Juridique"]

    assert (line["state"], line["version"]) == ("waived", None)
    assert "Diane Générale" in line["note"] and "Avis déjà donné" in line["note"]
    assert station(dossier, "Juridique").state == "waived"
    assert "Passé sans ce visa par Diane Générale" in station(dossier, "Juridique").detail


def test_a_step_on_hold_is_never_late(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    RunStep.objects.filter(run__dossier=dossier, label="Chef de service").update(
        held_at=NOON, held_by=cast.cabinet, held_why="Arbitrage en cours."
    )
    later = TODAY + dt.timedelta(days=30)

    assert lines(dossier, cast.drafter, later)["Chef de service"]["state"] == "expected"
    assert "Arbitrage en cours." in lines(dossier, cast.drafter, later)["Chef de service"]["note"]
    assert station(dossier, "Chef de service", later).state == "current"


def test_a_visa_with_a_reservation_says_it(cast: Cast) -> None:
    dossier = a_dossier(cast, ready=True)
    Visa.objects.filter(step__run__dossier=dossier, step__label="Juridique").update(
        kind=Visa.Kind.RESERVED, remark="Sous réserve du bilan."
    )

    assert "avec réserve : Sous réserve du bilan." in lines(dossier, cast.drafter)["Juridique"]["note"]
    assert "a visé, avec réserve, la version 1." in station(dossier, "Juridique").detail


def test_an_emergency_is_a_station_of_its_own(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True, emergency="Crue de la Rivesaine.")

    found = station(dossier, "Validé en urgence")

    assert (found.state, found.word) == ("emergency", "En urgence")
    assert "Crue de la Rivesaine." in found.detail


def test_each_required_visa_has_its_proof(cast: Cast) -> None:
    dossier = a_dossier(cast, ready=True)

    shown = proofs(circuit.steps_of(dossier))

    assert [(proof.label, proof.state, proof.version) for proof in shown] == [
        ("Chef de service", "donné", 1),
        ("Juridique", "donné", 1),
        ("Cabinet", "donné", 1),
    ]
    assert all(len(proof.digest) == 12 and proof.who for proof in shown)


def test_a_missing_visa_proves_nothing(cast: Cast) -> None:
    shown = proofs(circuit.steps_of(a_dossier(cast, in_circuit=True)))

    assert {(proof.state, proof.who, proof.version, proof.digest) for proof in shown} == {("manquant", "", None, "")}
