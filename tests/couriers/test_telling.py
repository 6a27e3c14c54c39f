"""Writing to people: the words, once each, whatever breaks on the way."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.drafting.actions.record_scan import record_scan
from hemicycle.chain.drafting.actions.write_comment import write_comment
from hemicycle.chain.telling.models import Letter as LetterRow
from hemicycle.chain.telling.models import Notification
from hemicycle.couriers import telling
from hemicycle.couriers.itinerary import ITINERARY
from hemicycle.couriers.rounds import run_once
from hemicycle.couriers.world import World
from hemicycle.dossier import outbox
from hemicycle.dossier.models import Dossier
from hemicycle.gateways.mail.errors import Rejected, Unreachable
from hemicycle.gateways.mail.fake import FakePost
from hemicycle.gateways.mail.letter import Letter
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.telling.to_tell import MOMENT, an_absence, awaited, note_all, visa
from tests.couriers.worlds import a_world
from tests.factories import a_dossier, an_attachment
from tests.signed_acts import an_act_of_two, signed_by_the_secretary

pytestmark = pytest.mark.django_db

MORNING = NOON.replace(day=25, hour=7, minute=30)


class Post(FakePost):
    """Fails at its nth sending, once."""

    def __init__(self, at: int = -1, failure: BaseException | None = None) -> None:
        super().__init__()
        self.at, self.broken = at, failure

    def send(self, message: Letter) -> str:
        if len(self.sent) == self.at and self.broken is not None:
            broken, self.broken = self.broken, None
            raise broken
        return super().send(message)


def world_at(at: dt.datetime, post: FakePost) -> World:
    world = a_world()
    return World(tdt=world.tdt, sae=world.sae, signer=world.signer, clock=lambda: at, post=post)


def walk(post: FakePost, at: dt.datetime = NOON + MOMENT) -> int:
    return telling.walk(world_at(at, post))


def test_a_visa_awaited_is_written_at_once_with_what_is_expected_and_the_link(cast: Cast, settings: Any) -> None:
    settings.SITE_URL = "https://actes.ormelle.example"
    (dossier,) = awaited(cast)
    post = Post()

    walk(post)

    (letter,) = post.sent
    assert letter.recipient == f"Jules Juriste <{cast.legal.email}>"
    assert letter.subject.startswith(f"Votre visa est attendu – {dossier.number}, {dossier.object}"[:60])
    assert letter.text.startswith("Bonjour Jules,\n\nVotre visa est attendu.\n")
    assert "sur la version 1, avant le" in letter.text
    assert f"https://actes.ormelle.example/dossiers/{dossier.pk}/" in letter.text
    assert "Choisir mes courriels : https://actes.ormelle.example/mes-courriels/" in letter.text
    assert letter.html is not None and f"/dossiers/{dossier.pk}/" in letter.html and "<strong>" in letter.html
    assert told.events(dossier)[-1] == "telling.letter_sent"


def test_an_errand_notes_and_the_round_writes(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa(dossier, cast.head_of_service)
    post = Post()
    while run_once(world_at(NOON, post)):
        pass

    waiting, sent = outbox.waiting(), walk(post)

    assert (waiting, sent) == (0, 1)
    assert telling.note_event in ITINERARY["circuit.visa_given"]


def test_several_visas_make_one_letter_that_counts_them(cast: Cast) -> None:
    awaited(cast, 3)
    post = Post()

    walk(post)

    (letter,) = post.sent
    assert letter.subject == "3 visas vous attendent"
    assert letter.text.count("/dossiers/") == 3


def test_the_digest_of_the_drafter_comes_in_the_morning_and_nothing_twice(cast: Cast) -> None:
    awaited(cast)
    post = Post()

    for at in (NOON + MOMENT, NOON + 2 * MOMENT, MORNING, MORNING + MOMENT):
        walk(post, at)

    assert [letter.recipient.partition(" <")[0] for letter in post.sent] == ["Jules Juriste", "Ada Rédactrice"]


def test_the_replacement_reads_in_whose_place(cast: Cast) -> None:
    an_absence(cast.legal, cast.finance)
    awaited(cast)
    post = Post()

    walk(post)

    (letter,) = post.sent
    assert letter.recipient.startswith("Fanny") and "En l’absence de Jules Juriste." in letter.text


def test_a_reason_is_read_in_the_letter_and_html_is_escaped(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    reason = "Le montant <b>manque</b>."
    send_back(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, reason=reason, at=NOON)
    note_all(cast)
    post = Post()

    walk(post)

    (letter,) = post.sent
    assert letter.html is not None
    assert reason in letter.text and "&lt;b&gt;manque" in letter.html


def test_an_annex_that_the_antivirus_keeps_aside_is_written_to_the_drafter_at_once(cast: Cast) -> None:
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, b"%PDF EICAR", by=cast.colleague, order=1)
    record_scan(dossier_id=dossier.id, annex_id=annex.id, threat="Eicar-Test", agent=cast.courier, at=NOON)
    note_all(cast)
    post = Post()

    walk(post)

    (letter,) = post.sent
    assert letter.recipient.startswith("Ada Rédactrice")
    assert "L’antivirus a trouvé un logiciel malveillant" in letter.text and annex.name in letter.text


def test_of_a_dossier_under_embargo_the_number_alone_is_written(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    send_back(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, reason="Le club.", at=NOON)
    note_all(cast)
    Dossier.objects.filter(pk=dossier.pk).update(embargo=True)
    post = Post()

    walk(post)

    (letter,) = post.sent
    assert dossier.number in letter.subject
    assert dossier.object not in letter.text + letter.subject and "Le club." not in letter.text


def test_a_comment_made_internal_meanwhile_is_not_written(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    said = write_comment(dossier_id=dossier.id, agent=cast.head_of_service, text="Secret.", at=NOON)
    note_all(cast)
    said.internal_to = cast.other_direction
    said.save(update_fields=["internal_to"])
    post = Post()

    walk(post, MORNING)

    assert not any("Secret." in letter.text for letter in post.sent)


def test_a_crash_before_recording_sends_the_same_letter_again_under_the_same_name(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    awaited(cast)
    post = Post()
    with monkeypatch.context() as patch:
        patch.setattr(telling, "record_letter_sent", _dies)
        with pytest.raises(SystemExit):
            walk(post)

    walk(post, NOON + MOMENT + outbox.lease())

    assert len(post.sent) == 2 and post.sent[0] == post.sent[1]
    assert told.events().count("telling.letter_sent") == 1


def _dies(**_facts: object) -> None:
    raise SystemExit


def test_a_server_that_falls_silent_loses_nothing(cast: Cast) -> None:
    awaited(cast)
    post = Post(0, Unreachable("Le serveur de courrier ne répond pas."))

    first, at_once, later = walk(post), walk(post), walk(post, NOON + dt.timedelta(minutes=5))

    assert (first, at_once, later) == (0, 0, 1)
    assert LetterRow.objects.get().last_error == ""


def test_a_visa_given_while_the_server_was_silent_is_not_asked_for(cast: Cast) -> None:
    (dossier,) = awaited(cast)
    post = Post(0, Unreachable("Le serveur de courrier ne répond pas."))
    walk(post)
    visa(dossier, cast.legal, NOON + MOMENT)

    walk(post, NOON + dt.timedelta(minutes=5))

    assert post.sent == []
    assert Notification.objects.get(agent=cast.legal).state == "dropped"


def test_an_address_refused_does_not_keep_the_others_from_theirs(cast: Cast) -> None:
    awaited(cast)
    post = Post(0, Rejected("Le serveur de courrier refuse l’adresse (code 550)."))

    walk(post, MORNING)

    assert len(post.sent) == 1
    assert told.events().count("telling.letter_refused") == 1


def test_a_defect_in_one_letter_does_not_keep_the_others(cast: Cast) -> None:
    awaited(cast)
    post = Post(0, ValueError("défaut"))

    walk(post, MORNING)

    assert len(post.sent) == 1


def test_every_kind_of_news_has_its_sentence(cast: Cast) -> None:
    from hemicycle.chain.telling import sources
    from hemicycle.chain.telling.kinds import Kind
    from hemicycle.couriers import telling_sentences as sentences

    assert set(sentences.SENTENCES) | {Kind.FATE, Kind.PROGRESS, Kind.LETTER} == set(Kind)
    told = set(sentences.FATES) | set(sentences.STEPS) | set(sentences.LETTERS)
    assert told <= set(sources.EVENTS)
    assert {event for event, carriers in ITINERARY.items() if telling.note_event in carriers} == set(sources.EVENTS)


def test_a_digest_of_many_people_is_quick_and_asks_the_same_of_each(cast: Cast) -> None:
    people = Agent.objects.bulk_create(
        Agent(email=f"a{n}@ormelle.example", first_name="Ana", last_name=f"Agent {n}") for n in range(40)
    )
    dossier = a_dossier(cast, in_circuit=True)
    for person in people:
        dossier.entitlements.create(agent=person, role="legal", since=NOON)
    Notification.objects.bulk_create(
        Notification(
            agent=person,
            kind="progress",
            subject="entry:1",
            dossier=dossier,
            facts={"event": "circuit.completed", "version": 1},
            happened_at=NOON,
            immediate=False,
            due_at=MORNING,
        )
        for person in people
    )
    post = Post()

    started = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        sent = walk(post, MORNING)
    taken = time.perf_counter() - started

    assert sent == 40
    assert len(asked) / 40 < 28
    assert taken < 8


def test_the_next_signatory_reads_which_act_waits_and_where_to_sign_it(cast: Cast, settings: Any) -> None:
    settings.SITE_URL = "https://actes.ormelle.example"
    dossier, act, secretary = an_act_of_two(cast)
    signed_by_the_secretary(cast, dossier, secretary)
    note_all(cast)
    post = Post()

    walk(post)

    (letter,) = post.sent
    assert letter.subject.startswith("Votre signature est attendue – ")
    assert f"L’acte {act.number} attend votre signature" in letter.text and "signature 2 sur 2" in letter.text
    assert f"https://actes.ormelle.example/a-signer/{dossier.pk}/" in letter.text
