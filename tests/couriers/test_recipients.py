"""Carrying the act back to its direction and out to its partners."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from hemicycle.chain.distribution.models import Notice, Return
from hemicycle.couriers import recipients
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.couriers.world import World
from hemicycle.dossier import attachments
from hemicycle.gateways.mail.errors import Rejected, Unreachable
from hemicycle.gateways.mail.fake import FakePost
from hemicycle.gateways.mail.letter import build
from tests.cast import NOON, Cast
from tests.couriers.worlds import a_task, a_world
from tests.factories import a_dossier
from tests.notices import prepared


def carry(notice: Notice, world: World) -> Any:
    task = a_task(notice.dossier, partner=notice.partner, email=notice.email, mode=notice.mode)
    return recipients.send_notice(task, world)


def post_of(world: World) -> FakePost:
    assert isinstance(world.post, FakePost)
    return world.post


def test_the_acknowledged_act_goes_back_once(cast: Cast) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    outcomes = [recipients.return_to_direction(a_task(dossier), a_world()) for _ in range(2)]

    assert outcomes == [DONE, DONE]
    assert Return.objects.filter(dossier=dossier).count() == 1


def test_the_letter_leaves_with_the_personal_link_and_is_kept(cast: Cast, settings: Any) -> None:
    settings.SITE_URL = "https://actes.ormelle.example"
    _, notice = prepared(cast)
    world = a_world()

    outcome = carry(notice, world)

    notice.refresh_from_db()
    (letter,) = post_of(world).sent
    assert outcome == DONE
    assert f"https://actes.ormelle.example/p/{notice.token}/" in letter.text
    assert letter.recipient == "Club de Clérande <club@clerande.example>"
    assert [a.content for a in letter.attachments] == [attachments.read(notice.letter)]  # type: ignore[arg-type]
    assert notice.mail is not None
    assert attachments.read(notice.mail) == build(letter)
    assert (notice.sent_at, notice.message_id) == (NOON, letter.message_id)


@pytest.mark.parametrize(
    ("mode", "subject", "said"),
    [
        ("notification", "Notification : délibération n° ", "voies et délais de recours"),
        ("information", "Pour information : délibération n° ", "pour votre information"),
    ],
)
def test_the_message_says_what_it_is(cast: Cast, mode: str, subject: str, said: str) -> None:
    dossier, notice = prepared(cast, mode=mode)
    world = a_world()

    carry(notice, world)

    notice.refresh_from_db()
    assert notice.mail is not None
    message = message_from_bytes(attachments.read(notice.mail), policy=default)
    body = message.get_body(("plain",))
    assert message["Subject"] == f"{subject}{dossier.act_number}"
    assert body is not None
    assert said in body.get_content()
    assert dossier.object in body.get_content()


def test_a_letter_carried_twice_leaves_once(cast: Cast) -> None:
    _, notice = prepared(cast)
    world = a_world()

    outcomes = [carry(notice, world), carry(notice, world)]

    assert outcomes == [DONE, DONE]
    assert len(post_of(world).sent) == 1


def test_a_courier_dead_before_recording_sends_the_same_message_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, notice = prepared(cast)
    world = a_world()
    with monkeypatch.context() as patch:
        patch.setattr(recipients, "record_notice_sent", _dies)
        with pytest.raises(SystemExit):
            carry(notice, world)

    carry(notice, world)

    first, second = post_of(world).sent
    assert build(first) == build(second)
    assert first.message_id == second.message_id


def _dies(**_facts: object) -> None:
    raise SystemExit


def test_a_silent_server_is_tried_later(cast: Cast) -> None:
    _, notice = prepared(cast)
    world = a_world()
    post_of(world).failure = Unreachable("Le serveur de courrier ne répond pas.")

    outcome = carry(notice, world)

    notice.refresh_from_db()
    assert isinstance(outcome, Later)
    assert notice.sent_at is None


def test_an_address_refused_is_shown_with_its_partner(cast: Cast) -> None:
    _, notice = prepared(cast)
    world = a_world()
    post_of(world).failure = Rejected("Le serveur de courrier refuse l’adresse (code 550).")

    outcome = carry(notice, world)

    notice.refresh_from_db()
    assert isinstance(outcome, GiveUp)
    assert "Club de Clérande" in outcome.why
    assert notice.sent_at is None
