"""Gathering a letter: what is due, together, once, and only what still holds."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest

from hemicycle.accounts.models import Agent, Post, Role
from hemicycle.chain.circuit.models import Visa
from hemicycle.chain.drafting.actions.withdraw_dossier import withdraw_dossier
from hemicycle.chain.drafting.actions.write_comment import write_comment
from hemicycle.chain.signing.actions.order_signature import order_signature
from hemicycle.chain.telling.actions.choose_mails import choose_mails
from hemicycle.chain.telling.actions.gather_letter import gather_letter
from hemicycle.chain.telling.actions.note_event import note_event
from hemicycle.chain.telling.models import Letter, Notification
from hemicycle.chain.telling.queries import people_due, to_write
from hemicycle.dossier.models import JournalEntry
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, SINCE, TODAY, Cast
from tests.chain.telling.to_tell import MOMENT, awaited, gather, note_all, visa
from tests.factories import a_dossier
from tests.signed_acts import an_act_of_two, signed_by_the_secretary

pytestmark = pytest.mark.django_db

MORNING = NOON.replace(day=25, hour=7, minute=30)


def reasons() -> list[str]:
    return list(Notification.objects.filter(state="dropped").order_by("pk").values_list("why", flat=True))


def test_fifty_visas_in_a_row_make_one_letter(cast: Cast) -> None:
    dossiers = [a_dossier(cast, in_circuit=True) for _ in range(5)]
    for place, dossier in enumerate(dossiers):
        at = NOON + dt.timedelta(seconds=20 * place)
        visa(dossier, cast.head_of_service, at)
        for n in JournalEntry.objects.filter(dossier=dossier).order_by("n").values_list("n", flat=True):
            note_event(entry=n, agent=cast.courier, at=at)

    before = gather(cast, cast.legal, at=NOON + dt.timedelta(seconds=90))
    letter = gather(cast, cast.legal)

    assert before is None and letter is not None
    assert letter.news.count() == 5


def test_what_is_for_the_digest_waits_for_the_morning(cast: Cast) -> None:
    awaited(cast)

    at_once, in_the_morning = gather(cast, cast.drafter), gather(cast, cast.drafter, at=MORNING)

    assert at_once is None
    assert in_the_morning is not None and in_the_morning.digest


@pytest.mark.parametrize("at", [MORNING.replace(day=28), MORNING.replace(day=29), MORNING.replace(day=26, hour=3)])
def test_a_digest_that_missed_its_morning_comes_neither_by_night_nor_on_a_sunday(cast: Cast, at: dt.datetime) -> None:
    awaited(cast)

    letter = gather(cast, cast.drafter, at=at)

    assert letter is None and cast.drafter.pk not in people_due(at=at)


def test_what_left_at_once_is_not_in_the_digest(cast: Cast) -> None:
    awaited(cast)
    letter = gather(cast, cast.legal)
    assert letter is not None
    Notification.objects.filter(letter=letter).update(state="sent")
    Letter.objects.filter(pk=letter.pk).update(sent_at=NOON)

    again = gather(cast, cast.legal, at=MORNING)

    assert again is None


def test_a_visa_given_meanwhile_by_a_colleague_is_dropped(cast: Cast) -> None:
    Post.objects.create(agent=cast.outsider, role=Role.LEGAL, valid_from=SINCE)
    (dossier,) = awaited(cast)
    visa(dossier, cast.outsider)

    letter = gather(cast, cast.legal)

    assert letter is None
    assert reasons() == ["Le visa n’est plus attendu de cette personne : il est donné, ou le dossier est reparti."]


def test_a_dossier_withdrawn_is_dropped_and_the_rest_leaves(cast: Cast) -> None:
    first, _ = awaited(cast, 2)
    withdraw_dossier(dossier_id=first.id, reason="Sans suite.", agent=cast.drafter, at=NOON)

    letter = gather(cast, cast.legal)

    assert letter is not None and letter.news.filter(state="waiting").count() == 1
    assert reasons() == ["Le dossier est retiré."]


def test_a_person_who_left_is_written_nothing(cast: Cast) -> None:
    awaited(cast)
    Agent.objects.filter(pk=cast.legal.pk).update(is_active=False)

    letter = gather(cast, cast.legal)

    assert letter is None and reasons() == ["Le compte de la personne est fermé."]


@pytest.mark.parametrize("address", ["", "personne@hemicycle.invalid"])
def test_a_person_without_address_is_written_nothing(cast: Cast, address: str) -> None:
    awaited(cast)
    Agent.objects.filter(pk=cast.legal.pk).update(email=address)

    letter = gather(cast, cast.legal)

    assert letter is None and reasons() == ["La personne n’a pas d’adresse électronique."]


def test_who_reads_the_dossier_no_more_is_written_nothing(cast: Cast) -> None:
    (dossier,) = awaited(cast)
    dossier.entitlements.all().delete()

    letter = gather(cast, cast.legal)

    assert letter is None and reasons() == ["La personne ne lit plus ce dossier."]


def test_a_comment_settled_meanwhile_is_dropped(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    said = write_comment(dossier_id=dossier.id, agent=cast.head_of_service, text="Quel club ?", at=NOON)
    note_all(cast)
    said.handled_at = NOON
    said.save(update_fields=["handled_at"])

    letter = gather(cast, cast.drafter, at=MORNING)

    assert letter is None and reasons() == ["Le commentaire est traité, ou la personne ne le lit plus."]


def test_of_two_changes_of_a_text_the_last_is_told_and_none_once_the_visa_is_given_again(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa(dossier, cast.head_of_service)
    for version in (2, 3):
        Notification.objects.create(
            agent=cast.head_of_service,
            kind="text_changed",
            subject=f"text:{dossier.pk}:{version}",
            dossier=dossier,
            facts={"version": version, "given_on": 1, "step": "Chef", "who": "Jules Juriste"},
            happened_at=NOON,
            immediate=True,
            due_at=NOON,
        )

    letter = gather(cast, cast.head_of_service)
    assert letter is not None
    told = [row.facts["version"] for row in letter.news.filter(state="waiting").order_by("pk")]
    Visa.objects.filter(step__run__dossier=dossier).update(version=3)
    nothing = gather(cast, cast.head_of_service, at=NOON + dt.timedelta(hours=1))

    assert told == [3]
    assert nothing is None


def test_an_internal_comment_is_not_told_to_whom_is_out_of_its_unit(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    said = write_comment(dossier_id=dossier.id, agent=cast.head_of_service, text="Le taux.", at=NOON)
    note_all(cast)
    said.internal_to = cast.other_direction
    said.save(update_fields=["internal_to"])

    letter = gather(cast, cast.drafter, at=MORNING)

    assert letter is None


def test_nothing_leaves_while_suspended_and_all_that_holds_after(cast: Cast) -> None:
    choose_mails(rhythms={}, suspended_until=TODAY + dt.timedelta(days=2), agent=cast.legal, at=NOON)
    awaited(cast)

    meanwhile = gather(cast, cast.legal, at=NOON + dt.timedelta(days=2))
    due = people_due(at=NOON + dt.timedelta(days=2))
    after = gather(cast, cast.legal, at=NOON + dt.timedelta(days=3))

    assert meanwhile is None and cast.legal.pk not in due
    assert after is not None


def test_a_letter_in_hand_is_not_taken_by_another_courier(cast: Cast, settings: Any) -> None:
    settings.COURIER_LEASE = 60
    awaited(cast)
    first = gather(cast, cast.legal)

    second = gather(cast, cast.legal)
    third = gather(cast, cast.legal, at=NOON + MOMENT + dt.timedelta(seconds=61))

    assert first is not None and third is not None
    assert second is None and third.pk == first.pk and third.attempts == 2


def test_a_letter_taken_up_again_leaves_out_what_no_longer_holds(cast: Cast) -> None:
    first, second = awaited(cast, 2)
    gather(cast, cast.legal)
    visa(first, cast.legal)
    later = NOON + dt.timedelta(hours=1)

    letter = gather(cast, cast.legal, at=later)
    assert letter is not None
    lines = to_write(letter.pk, on=TODAY).lines
    visa(second, cast.legal)
    nothing = gather(cast, cast.legal, at=later + dt.timedelta(hours=1))

    assert [line.dossier for line in lines] == [second]
    assert nothing is None
    assert Letter.objects.get().dropped_at is not None


def test_only_the_couriers_gather(cast: Cast, nothing_written: Any) -> None:
    awaited(cast)

    with pytest.raises(NotEntitled), nothing_written():
        gather_letter(recipient_id=cast.legal.pk, agent=cast.clerk, at=NOON + MOMENT)


def test_a_letter_of_twelve_dossiers_asks_no_more_questions_than_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    awaited(cast, 12)

    with django_assert_max_num_queries(18):
        letter = gather(cast, cast.legal)
        assert letter is not None
        to_write(letter.pk, on=TODAY)


def test_a_signature_ordered_meanwhile_is_dropped(cast: Cast) -> None:
    dossier, _act, secretary = an_act_of_two(cast)
    signed = signed_by_the_secretary(cast, dossier, secretary)
    note_all(cast)
    digest = hashlib.sha256(signed).hexdigest()
    order_signature(dossier_id=dossier.id, sha256_read=digest, agent=cast.president, at=NOON)

    letter = gather(cast, cast.president)

    assert letter is None
    assert reasons() == [
        "La signature n’est plus attendue de cette personne : elle est donnée, ou l’acte est établi autrement."
    ]


def test_a_signature_still_awaited_is_gathered(cast: Cast) -> None:
    dossier, _act, secretary = an_act_of_two(cast)
    signed_by_the_secretary(cast, dossier, secretary)
    note_all(cast)

    letter = gather(cast, cast.president)

    assert letter is not None and [n.kind for n in letter.news.order_by("pk")] == ["signature"]
