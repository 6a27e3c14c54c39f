"""Prolonging the proofs asked."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.signing.actions.ask_prolonging import ask_prolonging
from hemicycle.chain.signing.models import Proof
from hemicycle.couriers import proofs
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.signature.errors import Rejected, Unreachable
from tests.cast import NOON, Cast
from tests.couriers.worlds import a_task, a_world
from tests.signed_acts import an_act_proven, prolonged_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast: Cast, settings: Any) -> Task:
    settings.TSA_URL = "https://tsa.test"
    act = an_act_proven(cast)
    proof = ask_prolonging(dossier_id=act.dossier_id, agent=cast.clerk, at=NOON)
    return a_task(act.dossier, sha256=proof.file.sha256)


def test_the_proof_is_prolonged_and_once(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "prolong", lambda pdf, **_: prolonged_pdf(pdf))

    outcomes = [proofs.prolong_proof(task, a_world()), proofs.prolong_proof(task, a_world())]

    proof = Proof.objects.get()
    assert outcomes == [DONE, DONE]
    assert proof.archived and proof.asked_at is None


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [(Unreachable("Silence."), Later(why="Silence.")), (Rejected("Non."), GiveUp(why="Non."))],
)
def test_a_service_silent_or_refusing_is_told(
    task: Task, monkeypatch: pytest.MonkeyPatch, failure: Exception, outcome: Any
) -> None:
    def fail(_pdf: bytes, **_: Any) -> bytes:
        raise failure

    monkeypatch.setattr(proofs, "prolong", fail)

    assert proofs.prolong_proof(task, a_world()) == outcome
    assert not Proof.objects.get().archived


def test_the_older_acts_are_followed(cast: Cast) -> None:
    an_act_proven(cast)
    Proof.objects.all().delete()

    proofs.follow(a_world())

    assert Proof.objects.count() == 1
