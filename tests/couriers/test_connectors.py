"""The couriers go and see whether the outside systems work, and write to the administrators when one does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from hemicycle.accounts.models import Agent, Post, Role
from hemicycle.chain.connectors.actions.ask_check import ask_check
from hemicycle.chain.connectors.models import Alarm, Check
from hemicycle.chain.connectors.systems import SYSTEMS, System
from hemicycle.couriers.connectors import check_each_night, check_system, tell_administrators
from hemicycle.couriers.housekeeping import tidy
from hemicycle.couriers.itinerary import CARRIERS
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.couriers.rounds import run_once
from hemicycle.couriers.world import World
from hemicycle.dossier.models import Errand
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.checks import Certificate, Report, Use, failed, works
from hemicycle.gateways.mail.errors import Rejected, Unreachable
from hemicycle.gateways.mail.fake import FakePost
from tests.cast import NOON, TODAY, Cast
from tests.couriers.worlds import a_world

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
OURS = Certificate(
    use=Use.CLIENT,
    subject="Département",
    issuer="Autorité",
    serial="0A",
    not_before=NOON - 400 * 24 * HOUR,
    not_after=NOON + 10 * 24 * HOUR,
    fingerprint="ab" * 32,
    place="tdt.pem",
)
GOOD = Report.of(works("Connexion", "tdt.example répond."), certificates=[OURS])
BAD = Report.of(failed("Compte", "Le mot de passe est refusé.", remedy="Corrigez-le."))


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    for name in ("SAE_URL", "TSA_URL", "SMTP_HOST", "CLAMD", "BLOBS_S3", "SIGNATURE_KEYS"):
        setattr(settings, name, "")
    settings.TDT_URL = "https://tdt.example"


def _world(report: Report, at: dt.datetime = NOON) -> World:
    return replace(a_world(), examine=lambda _system, _at: report, clock=lambda: at)


def _raised() -> Task:
    """The errand of the last alarm."""
    facts = {"alarm": Alarm.objects.latest("pk").pk}
    return Task(id=1, carrier="", entry=1, event="", dossier=None, facts=facts, attempts=1)


def test_the_test_asked_is_carried_and_its_result_recorded(cast: Cast) -> None:
    check = ask_check(system=System.TRANSMISSION, agent=cast.administrator, at=NOON)

    for _ in range(2):
        run_once(_world(GOOD))

    check.refresh_from_db()
    assert (check.outcome, check.ended_at) == ("ok", NOON)
    assert check.findings == [
        {"what": "Connexion", "outcome": "ok", "sentence": "tdt.example répond.", "remedy": ""},
    ]
    assert check.certificates[0]["not_after"] == OURS.not_after.isoformat()


def test_a_test_that_is_over_is_not_made_again(cast: Cast, nothing_written: Any) -> None:
    check = ask_check(system=System.TRANSMISSION, agent=cast.administrator, at=NOON)
    facts = {"check": check.pk, "system": "transmission"}
    task = Task(id=1, carrier="", entry=1, event="", dossier=None, facts=facts, attempts=1)
    check_system(task, _world(GOOD))

    with nothing_written():
        assert check_system(task, _world(BAD)) == DONE


def test_each_night_every_system_that_is_set_is_tested_once(cast: Cast) -> None:
    for _ in range(2):
        tidy(_world(GOOD))

    assert sorted(Check.objects.values_list("system", flat=True)) == ["transmission"]


def test_a_failure_that_lasts_is_told_once_to_every_administrator(cast: Cast) -> None:
    other = Agent.objects.create(email="odile.autre@ormelle.example", first_name="Odile", last_name="Autre")
    Post.objects.create(agent=other, role=Role.ADMINISTRATOR, valid_from=TODAY)
    for hours in (0, 1, 2):
        check_each_night(_world(BAD, NOON + hours * HOUR))
    world = _world(BAD, NOON + 2 * HOUR)

    outcomes = [tell_administrators(_raised(), world) for _ in range(2)]

    assert isinstance(world.post, FakePost) and outcomes == [DONE, DONE]
    assert sorted(letter.recipient.partition("<")[2] for letter in world.post.sent) == sorted(
        f"{person.email}>" for person in (cast.administrator, other)
    )
    letter = world.post.sent[0]
    assert letter.subject == "Raccordement à regarder : Transmission à la préfecture"
    assert "Le mot de passe est refusé." in letter.text and "Corrigez-le." in letter.text
    assert "/administration/raccordements/transmission/" in letter.text
    assert Errand.objects.filter(entry__event="connectors.alarm_raised").count() == 1


def test_a_certificate_that_comes_to_its_end_is_told(cast: Cast) -> None:
    check_each_night(_world(GOOD))
    world = _world(GOOD)

    tell_administrators(_raised(), world)

    assert isinstance(world.post, FakePost)
    assert "le certificat « Département » expire le 4 décembre 2026" in world.post.sent[0].text.replace("\xa0", " ")


def test_what_is_over_before_the_letter_leaves_is_not_told(cast: Cast) -> None:
    check_each_night(_world(GOOD))
    task = _raised()
    Alarm.objects.update(settled_at=NOON)
    world = _world(GOOD)

    assert tell_administrators(task, world) == DONE

    assert isinstance(world.post, FakePost) and world.post.sent == []


@pytest.mark.parametrize(
    ("failure", "outcome"), [(Unreachable("Le serveur se tait."), Later), (Rejected("Adresse refusée."), GiveUp)]
)
def test_a_letter_that_cannot_leave_waits_or_is_given_up(cast: Cast, failure: Any, outcome: type) -> None:
    check_each_night(_world(GOOD))
    world = _world(GOOD)
    assert isinstance(world.post, FakePost)
    world.post.failure = failure

    result = tell_administrators(_raised(), world)

    assert isinstance(result, outcome)
    assert Alarm.objects.latest("pk").told == []


def test_the_errands_shown_with_a_system_are_carried_by_the_couriers() -> None:
    assert {carrier for about in SYSTEMS.values() for carrier in about.carriers} <= set(CARRIERS)
