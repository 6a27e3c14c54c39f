"""Carrying a package to the archive once and only once, whatever happens on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from hemicycle.chain.archiving import queries
from hemicycle.chain.archiving.actions.record_rejection import record_rejection
from hemicycle.chain.archiving.actions.record_reply import NotOurReply
from hemicycle.chain.archiving.actions.retry_deposit import retry_deposit
from hemicycle.chain.archiving.models import Deposit
from hemicycle.couriers import archive
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.couriers.rounds import run_once
from hemicycle.couriers.world import World
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.gateways.archive.errors import Rejected, Unreachable
from hemicycle.gateways.archive.fake import FakeArchive
from tests.cast import Cast
from tests.chain import told
from tests.couriers.worlds import a_task, a_world
from tests.published_acts import ONLINE_AT, leaving, packed, published

STATES = Deposit.State


def world_with(sae: FakeArchive) -> World:
    return replace(a_world(), sae=sae, clock=lambda: ONLINE_AT)


def send(deposit: Deposit, sae: FakeArchive) -> Any:
    task = a_task(deposit.dossier, message_identifier=deposit.message_identifier)
    return archive.deposit_package(task, world_with(sae))


def collect(deposit: Deposit, sae: FakeArchive) -> Any:
    task = a_task(deposit.dossier, message_identifier=deposit.message_identifier)
    return archive.collect_reply(task, world_with(sae))


def stage_of(dossier: Dossier) -> str:
    dossier.refresh_from_db()
    return dossier.stage


# --- Building ---------------------------------------------------------------------------------------------------


def test_the_package_is_built_once_however_often_the_errand_is_carried(cast: Cast) -> None:
    dossier = published(cast)

    outcomes = [archive.build_package(a_task(dossier), world_with(FakeArchive())) for _ in range(2)]

    assert outcomes == [DONE, DONE]
    assert Deposit.objects.count() == 1


# --- Depositing -------------------------------------------------------------------------------------------------


def test_the_package_leaves_as_it_was_frozen(cast: Cast) -> None:
    dossier, deposit = packed(cast)
    sae = FakeArchive()

    outcome = send(deposit, sae)

    deposit.refresh_from_db()
    assert outcome == DONE
    assert sae.deposits == {deposit.operation: attachments.read(deposit.package)}
    assert (deposit.state, stage_of(dossier)) == (STATES.DEPOSITED, Stage.DEPOSITED)


@pytest.mark.django_db(transaction=True)
def test_the_intent_is_committed_and_nothing_is_sent_inside_a_transaction(cast: Cast) -> None:
    _, deposit = packed(cast)
    seen: list[tuple[bool, str]] = []

    class Watching(FakeArchive):
        def deposit(self, sip: bytes, *, message_identifier: str) -> str:
            seen.append((connection.in_atomic_block, Deposit.objects.get().state))
            return super().deposit(sip, message_identifier=message_identifier)

    send(deposit, Watching())

    assert seen == [(False, STATES.SENDING)]


def test_a_courier_dead_between_deposit_and_record_leaves_one_package_at_the_archive(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, deposit = packed(cast)
    sae = FakeArchive()
    with monkeypatch.context() as patch:
        patch.setattr(archive, "record_deposit", _dies)
        with pytest.raises(SystemExit):
            send(deposit, sae)

    outcome = send(deposit, sae)

    deposit.refresh_from_db()
    assert outcome == DONE
    assert list(sae.deposits) == [deposit.operation]
    assert told.last()["facts"]["reconciled"] is True


def _dies(**_facts: object) -> None:
    raise SystemExit


def test_a_lost_answer_is_looked_up_before_anything_is_sent_again(cast: Cast) -> None:
    _, deposit = packed(cast)
    sae = FakeArchive(lose_next_answer=True)

    first, second = send(deposit, sae), send(deposit, sae)

    deposit.refresh_from_db()
    assert isinstance(first, Later)
    assert second == DONE
    assert list(sae.deposits) == [deposit.operation]


def test_what_never_arrived_is_sent_again_with_the_same_bytes(cast: Cast) -> None:
    _, deposit = leaving(cast)
    sae = FakeArchive()

    outcome = send(deposit, sae)

    assert outcome == DONE
    assert list(sae.deposits.values()) == [attachments.read(deposit.package)]


def test_a_silent_archive_is_asked_later(cast: Cast) -> None:
    dossier, deposit = packed(cast)

    outcome = send(deposit, FakeArchive(down=True))

    assert isinstance(outcome, Later)
    assert "injoignable" in outcome.why
    assert stage_of(dossier) == Stage.PUBLISHED


def test_an_archive_that_cannot_say_what_became_of_a_deposit_leaves_it_to_a_person(cast: Cast) -> None:
    dossier, deposit = leaving(cast)

    class Mute(FakeArchive):
        def find(self, message_identifier: str) -> list[str]:
            raise Rejected("Le contrat d’accès ne permet pas de lire le journal.")

    sae = Mute()

    outcome = send(deposit, sae)

    assert isinstance(outcome, GiveUp)
    assert deposit.message_identifier in outcome.why
    assert sae.deposits == {}
    assert stage_of(dossier) == Stage.PUBLISHED


def test_a_package_refused_at_the_door_is_an_alert_and_can_be_made_again(cast: Cast) -> None:
    dossier, deposit = packed(cast)

    class Closed(FakeArchive):
        def deposit(self, sip: bytes, *, message_identifier: str) -> str:
            raise Rejected("Le service d’archives a refusé l’appel (code 403).")

    outcome = send(deposit, Closed())

    assert outcome == DONE
    assert stage_of(dossier) == Stage.REFUSED_BY_ARCHIVE
    (line,) = queries.alerts(cast.archivist, on=ONLINE_AT.date())
    assert "code 403" in line.alert


def test_an_errand_of_an_earlier_attempt_carries_nothing(cast: Cast) -> None:
    dossier, first = leaving(cast)
    record_rejection(dossier_id=dossier.id, reason="Refusé.", agent=cast.courier, at=ONLINE_AT)
    retry_deposit(dossier_id=dossier.id, agent=cast.archivist, at=ONLINE_AT)
    archive.build_package(a_task(dossier, after_attempt=1), world_with(FakeArchive()))
    sae = FakeArchive()

    outcome = send(first, sae)

    assert outcome == DONE
    assert sae.deposits == {}


# --- The reply --------------------------------------------------------------------------------------------------


def deposited_at(sae: FakeArchive, cast: Cast) -> tuple[Dossier, Deposit]:
    dossier, deposit = packed(cast)
    send(deposit, sae)
    deposit.refresh_from_db()
    return dossier, deposit


@pytest.mark.parametrize(
    ("status", "stage"),
    [("OK", Stage.ARCHIVED), ("WARNING", Stage.ARCHIVED), ("KO", Stage.REFUSED_BY_ARCHIVE)],
)
def test_the_reply_is_waited_for_then_read(cast: Cast, status: str, stage: str) -> None:
    sae = FakeArchive(status=status, looks=1)
    dossier, deposit = deposited_at(sae, cast)

    first, second = collect(deposit, sae), collect(deposit, sae)

    assert first == Later()
    assert second == DONE
    assert stage_of(dossier) == stage


def test_once_read_the_reply_is_not_asked_for_again(cast: Cast) -> None:
    sae = FakeArchive(looks=0)
    _, deposit = deposited_at(sae, cast)
    collect(deposit, sae)

    outcome = collect(deposit, FakeArchive(down=True))

    assert outcome == DONE


def test_a_reply_not_ready_yet_is_asked_for_later(cast: Cast) -> None:
    class Slow(FakeArchive):
        def reply(self, operation_id: str) -> bytes:
            raise Unreachable("Le service d’archives n’a pas encore produit sa réponse.")

    sae = Slow(looks=0)
    _, deposit = deposited_at(sae, cast)

    outcome = collect(deposit, sae)

    assert isinstance(outcome, Later)


def test_an_operation_unknown_to_the_archive_is_shown_to_a_person(cast: Cast) -> None:
    _, deposit = deposited_at(FakeArchive(), cast)

    outcome = collect(deposit, FakeArchive())

    assert isinstance(outcome, GiveUp)


def test_the_reply_to_another_transfer_is_put_aside(cast: Cast) -> None:
    class Confused(FakeArchive):
        def reply(self, operation_id: str) -> bytes:
            return super().reply(operation_id).replace(b"HEM-2026-000001-1", b"HEM-2026-000777-1")

    sae = Confused(looks=0)
    dossier, deposit = deposited_at(sae, cast)

    with pytest.raises(NotOurReply):
        collect(deposit, sae)

    assert stage_of(dossier) == Stage.DEPOSITED


# --- The whole way ----------------------------------------------------------------------------------------------


def test_a_refused_deposit_made_again_is_archived_under_a_new_identifier(cast: Cast) -> None:
    sae = FakeArchive(status="KO", looks=0)
    dossier, deposit = deposited_at(sae, cast)
    collect(deposit, sae)
    sae.status = "OK"
    retry_deposit(dossier_id=dossier.id, agent=cast.archivist, at=ONLINE_AT)

    for _ in range(8):
        run_once(world_with(sae))

    assert stage_of(dossier) == Stage.ARCHIVED
    assert [(d.message_identifier, d.state) for d in queries.deposits_of(dossier)] == [
        ("HEM-2026-000001-1", STATES.REFUSED),
        ("HEM-2026-000001-2", STATES.ACCEPTED),
    ]
    assert len(sae.deposits) == 2
