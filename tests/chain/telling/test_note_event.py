"""Whom an event concerns: each once, those who may read, never oneself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.accounts.models import Post, Role
from hemicycle.chain.circuit.actions.amend import amend
from hemicycle.chain.circuit.actions.ask_opinion import ask_opinion
from hemicycle.chain.circuit.actions.declare_absence import declare_absence
from hemicycle.chain.circuit.actions.give_opinion import give_opinion
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.models import StepKind
from hemicycle.chain.drafting.actions.write_comment import write_comment
from hemicycle.chain.signing import drawing
from hemicycle.chain.signing.actions.entrust_signature import entrust_signature
from hemicycle.chain.telling.actions.choose_mails import choose_mails
from hemicycle.chain.telling.actions.note_event import note_event
from hemicycle.chain.telling.models import Notification
from hemicycle.dossier.models import Dossier, JournalEntry
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, SINCE, Cast
from tests.chain.telling.to_tell import an_absence, note_all, told
from tests.factories import DELIBERATION, a_circuit, a_dossier, a_text
from tests.signed_acts import (
    a_delegation_of_signature,
    a_pdf,
    an_act_of_two,
    an_act_to_sign,
    signed_by_the_secretary,
)

pytestmark = pytest.mark.django_db


def visa(dossier: Dossier, agent: Any, **given: Any) -> None:
    give_visa(**({"dossier_id": dossier.id, "agent": agent, "version_read": 1, "at": NOON} | given))


def comment(dossier: Dossier, agent: Any, text: str, **given: Any) -> Any:
    return write_comment(dossier_id=dossier.id, agent=agent, text=text, at=NOON, **given)


def test_a_visa_tells_whom_it_awaits_next_and_the_drafter(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa(dossier, cast.head_of_service, remark="Conforme.")

    note_all(cast)

    assert told() == {("Juriste", "visa"), ("Rédactrice", "progress")}
    row = Notification.objects.get(kind="visa")
    assert (row.immediate, row.due_at) == (True, NOON + dt.timedelta(minutes=2))
    assert row.facts["version"] == 1 and row.facts["step"]
    digest = Notification.objects.get(kind="progress")
    assert (digest.immediate, digest.due_at) == (False, NOON.replace(day=25, hour=7, minute=30))


def test_noting_twice_is_noting_once(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa(dossier, cast.head_of_service)

    note_all(cast)
    note_all(cast, at=NOON + dt.timedelta(minutes=5))

    assert Notification.objects.count() == 2


def test_the_replacement_is_told_in_the_place_of_the_absent(cast: Cast) -> None:
    an_absence(cast.legal, cast.finance)
    dossier = a_dossier(cast, in_circuit=True)
    visa(dossier, cast.head_of_service)

    note_all(cast)

    assert told("visa") == {("Finances", "visa")}
    assert Notification.objects.get(kind="visa").on_behalf_of == cast.legal


def test_an_absent_person_is_told_who_so_wished(cast: Cast) -> None:
    an_absence(cast.legal, cast.finance)
    choose_mails(rhythms={}, even_absent=True, agent=cast.legal, at=NOON)
    dossier = a_dossier(cast, in_circuit=True)
    visa(dossier, cast.head_of_service)

    note_all(cast)

    assert told("visa") == {("Finances", "visa"), ("Juriste", "visa")}


def test_an_absence_declared_tells_the_replacement_what_already_waits(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa(dossier, cast.head_of_service)
    day = NOON.date()
    declare_absence(
        absent_id=cast.legal.pk,
        replaced_by_id=cast.finance.pk,
        first_day=day,
        last_day=day,
        reason="",
        agent=cast.legal,
        at=NOON,
    )
    (entry,) = JournalEntry.objects.filter(event="circuit.absence_declared")

    note_event(entry=entry.n, agent=cast.courier, at=NOON)

    assert told() == {("Finances", "visa")}


def test_one_s_own_acts_are_no_news(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.HEAD_OF_SERVICE, Role.LEGAL))
    Post.objects.create(agent=cast.head_of_service, role=Role.LEGAL, valid_from=SINCE)
    comment(dossier, cast.drafter, "Voir l’article 2.")
    visa(dossier, cast.head_of_service)

    note_all(cast)

    assert ("Chef", "visa") not in told() and told("comment") == set()


def test_those_who_must_all_give_are_all_told_save_the_drafter(cast: Cast) -> None:
    for agent in (cast.outsider, cast.drafter):
        Post.objects.create(agent=agent, role=Role.LEGAL, valid_from=SINCE)
    dossier = a_dossier(
        cast, in_circuit=True, circuit=a_circuit(Role.HEAD_OF_SERVICE, Role.LEGAL, kind=StepKind.ALL_OF)
    )
    visa(dossier, cast.head_of_service)

    note_all(cast)

    assert told("visa") == {("Juriste", "visa"), ("Circuit", "visa")}


def test_a_dossier_sent_back_is_told_to_its_drafter_at_once(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    send_back(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, reason="Le montant manque.", at=NOON)

    note_all(cast)

    assert told() == {("Rédactrice", "sent_back")}
    assert Notification.objects.get().facts["reason"] == "Le montant manque."


def test_an_opinion_is_told_to_whom_it_is_asked_then_to_who_asked_and_once(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    ask_opinion(
        dossier_id=dossier.id,
        agent=cast.head_of_service,
        version_read=1,
        whom_id=cast.finance.pk,
        question="Le taux ?",
        at=NOON,
    )
    later = NOON + dt.timedelta(hours=1)
    note_all(cast)
    give_opinion(dossier_id=dossier.id, agent=cast.finance, version_read=1, text="Il convient.", at=later)

    note_all(cast, at=later)

    assert told("opinion_asked") == {("Finances", "opinion_asked")}
    assert told() == {("Finances", "opinion_asked"), ("Chef", "opinion_given")}


def test_a_text_changed_is_told_to_those_who_gave_their_visa_before(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa(dossier, cast.head_of_service)
    later = NOON + dt.timedelta(hours=1)
    amend(
        dossier_id=dossier.id,
        agent=cast.legal,
        version_read=1,
        text="deliberation",
        content=a_text("Vu le code du sport,", *[_words(block) for block in DELIBERATION["content"][1:]]),
        at=later,
    )
    (entry,) = JournalEntry.objects.filter(event="circuit.amended")

    note_event(entry=entry.n, agent=cast.courier, at=later)

    assert ("Chef", "text_changed") in told()
    assert Notification.objects.get(kind="text_changed").facts["given_on"] == 1


def _words(block: dict[str, Any]) -> str:
    return str(block["content"][0]["text"])


def test_a_comment_is_told_once_to_each_by_what_concerns_them_most(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    first = comment(dossier, cast.head_of_service, "Quel club ?")
    comment(dossier, cast.drafter, "Celui de Clérande, @Colas Collègue le confirme.", thread_id=first.pk)

    note_all(cast)

    assert told() == {("Rédactrice", "comment"), ("Chef", "called"), ("Collègue", "called")}
    assert not any("Clérande" in str(row.facts) for row in Notification.objects.order_by("pk"))


def test_who_may_not_read_the_dossier_is_told_nothing(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    said = comment(dossier, cast.head_of_service, "Pour mémoire.")
    said.mentions.add(cast.neighbour)

    note_all(cast)

    assert ("Voisin", "called") not in told()


def test_what_someone_does_not_wish_is_not_kept(cast: Cast) -> None:
    choose_mails(rhythms={"visa": "never", "progress": "now"}, agent=cast.legal, at=NOON)
    dossier = a_dossier(cast, in_circuit=True)
    visa(dossier, cast.head_of_service)

    note_all(cast)

    assert told() == {("Rédactrice", "progress")}


def test_old_history_is_no_news(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa(dossier, cast.head_of_service)

    note_all(cast, at=NOON + dt.timedelta(days=15))

    assert told() == set()


def test_only_the_couriers_note(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa(dossier, cast.head_of_service)

    with pytest.raises(NotEntitled), nothing_written():
        note_event(entry=1, agent=cast.clerk, at=NOON)


def test_the_next_signatory_is_told_when_the_turn_comes(cast: Cast) -> None:
    dossier, _act, secretary = an_act_of_two(cast)
    signed_by_the_secretary(cast, dossier, secretary)

    note_all(cast)

    assert told("signature") == {(cast.president.last_name, "signature")}
    row = Notification.objects.get(kind="signature")
    assert (row.immediate, row.facts["rank"], row.facts["of"]) == (True, 2, 2)


def test_the_delegate_is_told_of_an_act_entrusted_and_in_whose_name(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "act_pdf", lambda *_, **__: a_pdf("à son nom"))
    dossier, _act = an_act_to_sign(cast)
    delegation = a_delegation_of_signature(cast)
    entrust_signature(dossier_id=dossier.id, delegation_id=delegation.pk, agent=cast.president, at=NOON)

    note_all(cast)

    row = Notification.objects.get(kind="signature")
    assert (row.agent, row.on_behalf_of) == (delegation.holder, cast.president)
