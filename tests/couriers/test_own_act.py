"""An arrêté of the president, from the draft to the archive: the same chain, without a vote."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hemicycle.chain.archiving.models import Deposit
from hemicycle.chain.drafting.actions.open_dossier import open_dossier
from hemicycle.chain.publication.actions.publish import publish
from hemicycle.chain.publication.queries import public_act
from hemicycle.chain.signing.actions.order_signature import order_signature
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting.actions.take_decision import take_decision
from hemicycle.chain.transmission.models import Departure
from hemicycle.couriers.rounds import run_once
from hemicycle.couriers.world import World
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import ActType, Dossier, Nature
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.couriers.worlds import a_world
from tests.factories import a_circuit, a_text, give_all_visas, submit
from tests.rendering.reading import words

pytestmark = pytest.mark.django_db
TEXT = a_text(
    "Vu le code général des collectivités territoriales,",
    "Considérant les travaux de la route départementale 914,",
    "Article 1 – La circulation est alternée du 1er au 12 décembre 2026.",
)


def rounds(world: World, *, since: dt.datetime = NOON) -> None:
    """The couriers go round until nothing moves, each time an hour later."""
    for hour in range(12):
        run_once(replace(world, clock=lambda hour=hour: since + dt.timedelta(hours=hour)))  # type: ignore[misc]


def written_and_visaed(cast: Cast, nature: Nature) -> Dossier:
    kind = ActType.objects.create(name="Acte du président", nature=nature)
    dossier = open_dossier(
        agent=cast.drafter,
        unit_id=cast.service.pk,
        body="CP",
        object="Circulation alternée sur la route départementale 914",
        subject_code="6.1",
        act_type_id=kind.pk,
        at=NOON,
    )
    dossier.deliberation = TEXT
    dossier.save()
    submit(dossier, a_circuit(), at=NOON)
    give_all_visas(dossier, at=NOON)
    return dossier


@pytest.mark.parametrize(
    ("nature", "number", "code", "said"),
    [
        (Nature.REGULATORY, "AR-2026-0001", "2", "ARRÊTE"),
        (Nature.DECISION, "DP-2026-0001", "6", "DÉCIDE"),
    ],
)
def test_an_act_of_the_president_goes_from_the_draft_to_the_archive(
    cast: Cast, nature: Nature, number: str, code: str, said: str
) -> None:
    world = a_world()
    dossier = written_and_visaed(cast, nature)

    take_decision(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    rounds(world)
    act = Act.objects.get(dossier=dossier)
    printed = words(attachments.read(act.frozen))
    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)
    rounds(world)
    publish(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    rounds(world)

    dossier.refresh_from_db()
    assert (dossier.body, dossier.act_number, dossier.stage) == ("", number, Stage.ARCHIVED)
    # The letters of the operative word stand apart.
    assert (
        said in printed.replace(" ", "")
        and "du conseil départemental," in printed
        and "Résultat du vote" not in printed
    )
    departure = Departure.objects.get(dossier=dossier)
    assert departure.unique_id.endswith(f"-{number.replace('-', '_')}-{nature.value}")
    assert f'CodeNatureActe="{code}"' in attachments.read(departure.message).decode("iso-8859-1")
    online = public_act(number.lower())
    assert online is not None and (online.vote, online.body) == ("", "président du conseil départemental")
    assert Deposit.objects.get(dossier=dossier).state == Deposit.State.ACCEPTED
    told = [entry.event for entry in journal.of(dossier)]
    assert "sitting.decision_taken" in told and "sitting.vote_recorded" not in told
