"""Carrying a copy to the organisation's key."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from hemicycle.chain.transmission.actions.make_stamped_copy import make_stamped_copy
from hemicycle.chain.transmission.models import Departure
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.couriers.seals import seal_copy
from hemicycle.couriers.world import World
from hemicycle.dossier.models import Dossier
from hemicycle.gateways.signature.errors import Rejected, Unreachable
from hemicycle.gateways.signature.fake import FakeSigner
from tests.cast import NOON, Cast
from tests.couriers.worlds import a_task, a_world
from tests.departures import acknowledged
from tests.signed_acts import the_seal

pytestmark = pytest.mark.django_db


def world(signer: FakeSigner) -> World:
    keys = {"cachet": signer}
    return dataclasses.replace(a_world(), signer=lambda name, _codes: keys[name])


def stamped(cast: Cast) -> tuple[Dossier, Any]:
    dossier, _ = acknowledged(cast)
    copy = make_stamped_copy(dossier_id=dossier.id, agent=cast.courier, at=NOON).stamped
    assert copy is not None
    return dossier, a_task(dossier, sha256=copy.sha256)


def title(dossier: Dossier) -> str:
    copy = Departure.objects.get(dossier=dossier).stamped
    return copy.title if copy else ""


def test_the_copy_comes_back_sealed_and_once(cast: Cast, settings: Any) -> None:
    settings.SEAL_KEY = "cachet"
    dossier, task = stamped(cast)

    outcomes = [seal_copy(task, world(the_seal())), seal_copy(task, world(FakeSigner("Personne")))]

    assert outcomes == [DONE, DONE]
    assert title(dossier).endswith("avec le cachet")


def test_without_a_key_copies_go_as_they_are(cast: Cast, settings: Any) -> None:
    settings.SEAL_KEY = ""
    dossier, task = stamped(cast)

    outcome = seal_copy(task, world(the_seal()))

    assert outcome == DONE
    assert "cachet" not in title(dossier)


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (Unreachable("Silence."), Later(why="Silence.")),
        (Rejected("Certificat expiré."), GiveUp(why="Le cachet n’a pas pu être apposé. Certificat expiré.")),
    ],
)
def test_a_key_silent_or_refused_leaves_the_copy_as_it_is(
    cast: Cast, settings: Any, failure: Unreachable | Rejected, outcome: Any
) -> None:
    settings.SEAL_KEY = "cachet"
    dossier, task = stamped(cast)
    signer = FakeSigner("Département", seal=True)
    signer.failure = failure

    found = seal_copy(task, world(signer))

    assert found == outcome
    assert "cachet" not in title(dossier)
