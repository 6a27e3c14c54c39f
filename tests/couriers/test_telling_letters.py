"""The letters of the préfecture are told by e-mail: to the direction and to the service des assemblées, each once."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.chain.correspondence.actions.settle_letter import settle_letter
from hemicycle.chain.telling.actions.note_event import note_event
from hemicycle.chain.telling.models import Notification
from hemicycle.couriers import telling
from hemicycle.couriers.rounds import run_once
from hemicycle.couriers.world import World
from hemicycle.dossier.models import JournalEntry
from hemicycle.gateways.mail.fake import FakePost
from tests.cast import Cast
from tests.chain.telling.to_tell import MOMENT
from tests.couriers.worlds import a_world
from tests.letters import CAME_AT, a_letter, a_reply

pytestmark = pytest.mark.django_db


def world_at(at: dt.datetime, post: FakePost) -> World:
    world = a_world()
    return World(tdt=world.tdt, sae=world.sae, signer=world.signer, clock=lambda: at, post=post)


def tell_the_last(cast: Cast) -> None:
    """Note whom the last thing that happened concerns."""
    entry = JournalEntry.objects.order_by("-n").first()
    assert entry is not None and entry.dossier is not None
    note_event(entry=entry.n, agent=cast.courier, at=CAME_AT)


def sent_by(cast: Cast) -> dict[str, str]:
    """Address → subject and text of what leaves a moment later."""
    post = FakePost()
    telling.walk(world_at(CAME_AT + MOMENT, post))
    left = {letter.recipient.rpartition("<")[2].rstrip(">"): f"{letter.subject}\n{letter.text}" for letter in post.sent}
    return {address: text.replace("\u00a0", " ") for address, text in left.items()}


def test_a_letter_is_told_to_its_direction_and_to_the_service_des_assemblees(cast: Cast) -> None:
    a_letter(cast)
    tell_the_last(cast)

    left = sent_by(cast)

    for agent in (cast.drafter, cast.head_of_service, cast.director, cast.clerk):
        assert "Un courrier de la préfecture est arrivé" in left[agent.email]
        assert "28 janvier 2027" in left[agent.email]
        assert "La délibération ne vise pas le budget" in left[agent.email]
    assert cast.neighbour.email not in left and cast.legal.email not in left


def test_a_landmark_is_said_to_be_one(cast: Cast) -> None:
    a_letter(cast, "simple")
    tell_the_last(cast)

    assert "aucun texte ne fixe ce jour" in sent_by(cast)[cast.drafter.email]


def test_a_letter_settled_meanwhile_is_told_to_nobody(cast: Cast) -> None:
    letter = a_letter(cast)
    tell_the_last(cast)
    settle_letter(letter_id=letter.id, note="Réglé.", agent=cast.clerk, at=CAME_AT)

    assert cast.drafter.email not in sent_by(cast)
    assert "il est classé" in Notification.objects.get(agent=cast.drafter, kind="letter").why


def test_the_service_des_assemblees_is_told_of_an_answer_to_send(cast: Cast) -> None:
    a_reply(cast)
    tell_the_last(cast)

    left = sent_by(cast)

    assert "Une réponse à la préfecture est prête à partir" in left[cast.clerk.email]
    assert cast.drafter.email not in left


def test_under_embargo_nothing_of_the_letter_is_written(cast: Cast) -> None:
    letter = a_letter(cast)
    letter.dossier.embargo = True
    letter.dossier.save(update_fields=["embargo"])
    tell_the_last(cast)

    left = sent_by(cast)

    assert "La délibération ne vise pas" not in left[cast.clerk.email]
    assert cast.director.email not in left


def test_the_couriers_bring_the_news_by_themselves(cast: Cast) -> None:
    a_letter(cast)
    world = world_at(CAME_AT, FakePost())

    for _ in range(6):
        run_once(world)

    assert Notification.objects.filter(kind="letter", agent=cast.drafter).exists()
