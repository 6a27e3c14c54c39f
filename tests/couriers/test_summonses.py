"""Carrying the summons to the members, each one once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.sitting.actions.convene import convene
from hemicycle.chain.sitting.models import Sitting, SittingState, Summons
from hemicycle.couriers import summonses
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.couriers.world import World
from hemicycle.dossier import blobs
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.mail.errors import Rejected, Unreachable
from hemicycle.gateways.mail.fake import FakePost
from hemicycle.gateways.mail.letter import Letter
from tests.cast import NOON, Cast
from tests.chain import told
from tests.couriers.worlds import a_world
from tests.factories import a_dossier, a_sitting

#: Ten of the eleven members wish their summons by electronic mail.
ELECTRONIC = 10


def convened(cast: Cast) -> Sitting:
    sitting = a_sitting(cast, starts_at=NOON + dt.timedelta(days=20))
    a_dossier(cast, on_agenda=True, sitting=sitting)
    return convene(sitting_id=sitting.id, agent=cast.clerk, at=NOON)


def carry(sitting: Sitting, world: World) -> Any:
    facts = {"sitting": str(sitting.id)}
    task = Task(id=1, carrier="", entry=1, event="sitting.convened", dossier=None, facts=facts, attempts=1)
    return summonses.send_summonses(task, world)


def post_of(world: World) -> FakePost:
    assert isinstance(world.post, FakePost)
    return world.post


class BreaksAfter(FakePost):
    """Takes so many letters, then fails in the way given."""

    def __init__(self, count: int, failure: BaseException) -> None:
        super().__init__()
        self._count, self._failure = count, failure

    def send(self, message: Letter) -> str:
        if len(self.sent) == self._count:
            self._count = -1
            raise self._failure
        return super().send(message)


def with_post(post: FakePost) -> World:
    world = a_world()
    return World(tdt=world.tdt, sae=world.sae, signer=world.signer, clock=world.clock, post=post)


def test_each_member_who_wished_it_receives_the_papers_and_the_link(cast: Cast, settings: Any) -> None:
    settings.SITE_URL = "https://actes.ormelle.example"
    sitting = convened(cast)
    world = a_world()

    outcome = carry(sitting, world)

    sent = post_of(world).sent
    assert outcome == DONE
    assert len(sent) == len({letter.recipient for letter in sent}) == ELECTRONIC
    assert all(f"https://actes.ormelle.example/mes-seances/{sitting.id}/" in letter.text for letter in sent)
    assert {tuple(a.name for a in letter.attachments) for letter in sent} == {("convocation.pdf", "ordre-du-jour.pdf")}
    assert sent[0].attachments[0].content == blobs.get(sitting.summons_sha256)
    assert sent[0].attachments[1].content == blobs.get(sitting.agenda_sha256)
    assert "14 décembre 2026 à 12 h 00" in sent[0].text


def test_each_sending_is_dated_with_its_message(cast: Cast) -> None:
    sitting = convened(cast)
    world = a_world()

    carry(sitting, world)

    rows = Summons.objects.filter(sitting=sitting, channel=Summons.Channel.ELECTRONIC)
    assert {row.message_id for row in rows} == {letter.message_id for letter in post_of(world).sent}
    assert {row.sent_at for row in rows} == {NOON}
    assert told.events().count("sitting.summons_sent") == ELECTRONIC
    assert Summons.objects.get(sitting=sitting, channel=Summons.Channel.PAPER).sent_at is None


def test_a_member_is_addressed_as_she_or_he_is(cast: Cast) -> None:
    sitting = convened(cast)
    world = a_world()

    carry(sitting, world)

    texts = {letter.recipient.partition(" ")[0]: letter.text for letter in post_of(world).sent}
    assert texts["Mme"].startswith("Madame la Conseillère départementale,\n\nVous êtes convoquée à")
    assert texts["M."].startswith("Monsieur le Conseiller départemental,\n\nVous êtes convoqué à")


def test_after_a_crash_between_two_members_those_recorded_receive_nothing_more(cast: Cast) -> None:
    sitting = convened(cast)
    post = BreaksAfter(4, SystemExit())
    with pytest.raises(SystemExit):
        carry(sitting, with_post(post))

    outcome = carry(sitting, with_post(post))

    assert outcome == DONE
    assert len({letter.message_id for letter in post.sent}) == len(post.sent) == ELECTRONIC


def test_a_crash_before_recording_sends_one_letter_again_under_the_same_name(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = convened(cast)
    world = a_world()
    with monkeypatch.context() as patch:
        patch.setattr(summonses, "record_summons_sent", _dies)
        with pytest.raises(SystemExit):
            carry(sitting, world)

    carry(sitting, world)

    sent = post_of(world).sent
    assert len(sent) == ELECTRONIC + 1
    assert sent[0] == sent[1]


def _dies(**_facts: object) -> None:
    raise SystemExit


def test_a_server_that_falls_silent_is_taken_up_where_it_stopped(cast: Cast) -> None:
    sitting = convened(cast)
    post = BreaksAfter(3, Unreachable("Le serveur de courrier ne répond pas."))

    first, second = carry(sitting, with_post(post)), carry(sitting, with_post(post))

    assert isinstance(first, Later)
    assert second == DONE
    assert len(post.sent) == ELECTRONIC


def test_an_address_refused_does_not_keep_the_others_from_theirs(cast: Cast) -> None:
    sitting = convened(cast)
    post = BreaksAfter(2, Rejected("Le serveur de courrier refuse l’adresse (code 550)."))

    outcome = carry(sitting, with_post(post))

    (missing,) = Summons.objects.filter(sitting=sitting, channel=Summons.Channel.ELECTRONIC, sent_at=None)
    assert isinstance(outcome, GiveUp)
    assert str(missing.member) in outcome.why
    assert len(post.sent) == ELECTRONIC - 1


def test_nobody_is_summoned_to_a_sitting_already_open(cast: Cast) -> None:
    sitting = convened(cast)
    Sitting.objects.filter(id=sitting.id).update(state=SittingState.OPEN)
    world = a_world()

    outcome = carry(sitting, world)

    assert outcome == DONE
    assert post_of(world).sent == []
