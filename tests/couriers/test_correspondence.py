"""The letters of the préfecture come in, our answers leave: each once, whatever breaks on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hemicycle.chain.correspondence.models import Letter, Reply
from hemicycle.chain.transmission.models import Departure, ParkedMessage
from hemicycle.couriers import correspondence
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.couriers.world import World
from hemicycle.dossier import blobs
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.antivirus.fake import FakeAntivirus
from hemicycle.gateways.prefecture.errors import Rejected
from hemicycle.gateways.prefecture.fake import FakeS2low
from hemicycle.gateways.prefecture.letters import ReceivedLetter
from hemicycle.gateways.prefecture.replies import TransactionStatus
from hemicycle.protocols.actes import Member, parse_message, read_archive
from hemicycle.protocols.actes.messages import Courrier, DefereTA
from tests.cast import Cast
from tests.couriers.worlds import a_task, a_tdt, a_world
from tests.departures import acknowledged
from tests.letters import a_file, a_message, a_receipt, ordered, sent

STATES = Reply.State


def the_prefecture_writes(tdt: FakeS2low, acte_id: str, kind: str = "observations") -> str:
    data, documents = a_message(acte_id, kind)
    message = parse_message(data)
    assert isinstance(message, Courrier | DefereTA)
    return tdt.write_letter(message, documents)


def a_letter_at_the_tdt(cast: Cast, kind: str = "observations") -> tuple[Letter, FakeS2low, World]:
    """Received by a round; the TdT still holds it."""
    tdt = a_tdt()
    _, departure = acknowledged(cast)
    the_prefecture_writes(tdt, departure.unique_id, kind)
    world = a_world(tdt=tdt)
    correspondence.collect_letters(world)
    return Letter.objects.get(), tdt, world


def carrying(reply: Reply) -> Task:
    return a_task(reply.letter.dossier, reply=reply.pk)


def state_of(reply: Reply) -> str:
    reply.refresh_from_db()
    return reply.state


# --- What comes in ----------------------------------------------------------------------------------------------


def test_a_round_brings_the_letters_in_and_takes_them_off_the_list(cast: Cast) -> None:
    letter, tdt, world = a_letter_at_the_tdt(cast)

    again = correspondence.collect_letters(world)

    assert (letter.kind, letter.tdt_id, again) == ("observations", "1", 0)
    assert letter.documents.count() == 1
    assert tdt.letters() == []


def test_a_letter_kept_and_not_yet_taken_off_the_list_is_kept_once(cast: Cast) -> None:
    letter, tdt, world = a_letter_at_the_tdt(cast)
    tdt.untaken.append(letter.tdt_id)

    correspondence.collect_letters(world)

    assert Letter.objects.count() == 1
    assert tdt.letters() == []


def test_a_silent_tdt_is_asked_again_at_the_next_round(cast: Cast) -> None:
    tdt = a_tdt(down=True)

    assert correspondence.collect_letters(a_world(tdt=tdt)) == 0


def test_a_letter_about_an_act_of_nobody_is_put_aside_whole(cast: Cast) -> None:
    tdt = a_tdt()
    the_prefecture_writes(tdt, "099-229999990-20261217-INCONNU-DE")

    correspondence.collect_letters(a_world(tdt=tdt))

    parked = ParkedMessage.objects.get()
    assert "Aucun acte transmis d’ici" in parked.why
    assert len(read_archive(blobs.get(parked.sha256))) == 3
    assert tdt.letters() == []


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (Member(name="courrier-1.tar.gz", data=b"\x1f\x8bgarbage"), "aucun message @CTES lisible"),
        (Member(name="a.xml", data=b'<a xmlns="http://www.interieur.gouv.fr/ACTES#v1.1-20040216"/>'), "enveloppe"),
    ],
)
def test_what_cannot_be_read_is_put_aside(cast: Cast, part: Member, why: str) -> None:
    tdt = a_tdt(received={"1": ReceivedLetter(number="1", parts=(part,))}, untaken=["1"])

    correspondence.collect_letters(a_world(tdt=tdt))

    parked = ParkedMessage.objects.get()
    assert why in parked.why
    assert blobs.get(parked.sha256) == part.data


def test_what_its_carrier_doubts_is_put_aside_with_the_reason_and_not_applied(cast: Cast) -> None:
    tdt = a_tdt()
    _, departure = acknowledged(cast)
    number = the_prefecture_writes(tdt, departure.unique_id)
    tdt.received[number] = replace(tdt.received[number], doubt="Ce courriel vient d’un inconnu.")

    correspondence.collect_letters(a_world(tdt=tdt))

    assert ParkedMessage.objects.get().why == "Ce courriel vient d’un inconnu."
    assert not Letter.objects.exists()
    assert tdt.letters() == []


def test_a_letter_for_another_collectivite_is_put_aside(cast: Cast) -> None:
    tdt = a_tdt()
    _, departure = acknowledged(cast)
    number = the_prefecture_writes(tdt, departure.unique_id)
    parts = tdt.received[number].parts
    foreign = Member(name=parts[0].name, data=parts[0].data.replace(b'SIREN="229999990', b'SIREN="111111111'))
    tdt.received[number] = ReceivedLetter(number=number, parts=(foreign, *parts[1:]))

    correspondence.collect_letters(a_world(tdt=tdt))

    assert "SIREN 111111111" in ParkedMessage.objects.get().why
    assert not Letter.objects.exists()


def test_a_word_without_any_message_is_no_letter(cast: Cast) -> None:
    word = Member(name="corps.html", data=b"<p>multi-canal</p>")
    tdt = a_tdt(received={"1": ReceivedLetter(number="1", parts=(word,))}, untaken=["1"])

    correspondence.collect_letters(a_world(tdt=tdt))

    assert not ParkedMessage.objects.exists()


def test_a_receipt_that_comes_as_a_return_finds_its_answer(cast: Cast) -> None:
    letter, tdt, world = a_letter_at_the_tdt(cast)
    reply = sent(cast, letter)
    envelope, message = tdt.received[letter.tdt_id].parts[:2]
    receipt = Member(name=message.name, data=a_receipt(reply))

    correspondence.take_return((envelope, receipt), number="", world=world)

    assert state_of(reply) == STATES.RECEIVED


# --- What leaves ------------------------------------------------------------------------------------------------


def test_an_answer_leaves_once_and_the_letter_is_answered(cast: Cast) -> None:
    letter, tdt, world = a_letter_at_the_tdt(cast)
    reply = ordered(cast, letter, files=[a_file()])

    outcomes = [correspondence.deposit_reply(carrying(reply), world) for _ in range(2)]

    assert outcomes == [DONE, DONE]
    (left,) = tdt.answers.values()
    assert (left.letter, left.root, len(left.pieces)) == (letter.tdt_id, "ReponseLettreObservations", 1)
    letter.refresh_from_db()
    assert (state_of(reply), letter.open) == (STATES.DEPOSITED, False)


def test_an_answer_lost_on_the_way_is_found_again(cast: Cast) -> None:
    letter, tdt, world = a_letter_at_the_tdt(cast)
    reply = ordered(cast, letter)
    tdt.lose_next_answer = True

    first = correspondence.deposit_reply(carrying(reply), world)
    second = correspondence.deposit_reply(carrying(reply), world)

    assert isinstance(first, Later) and first.seconds == correspondence.LET_IT_END
    assert second == DONE
    assert len(tdt.answers) == 1
    assert state_of(reply) == STATES.DEPOSITED


def test_what_surely_did_not_arrive_is_sent_again(cast: Cast) -> None:
    letter, tdt, world = a_letter_at_the_tdt(cast)
    reply = ordered(cast, letter)
    tdt.down = True
    first = correspondence.deposit_reply(carrying(reply), world)
    tdt.down = False

    second = correspondence.deposit_reply(carrying(reply), world)

    assert isinstance(first, Later)
    assert (second, len(tdt.answers), state_of(reply)) == (DONE, 1, STATES.DEPOSITED)


def test_a_refusal_of_the_tdt_leaves_the_letter_waiting(cast: Cast) -> None:
    class Refusing(FakeS2low):
        def answer(self, reply: Any) -> str:
            raise Rejected("Le tiers de télétransmission a refusé : Aucun fichier n'a été posté.")

    letter, tdt, _ = a_letter_at_the_tdt(cast)
    reply = ordered(cast, letter)

    outcome = correspondence.deposit_reply(carrying(reply), a_world(tdt=Refusing(received=tdt.received)))

    letter.refresh_from_db()
    assert outcome == DONE
    assert (state_of(reply), letter.open) == (STATES.REFUSED, True)
    assert "Aucun fichier" in reply.refusal


def test_an_infected_document_does_not_leave(cast: Cast) -> None:
    letter, tdt, _ = a_letter_at_the_tdt(cast)
    file = a_file()
    reply = ordered(cast, letter, words="", files=[file])
    antivirus = FakeAntivirus(mark=file.data[:9])

    correspondence.deposit_reply(carrying(reply), a_world(tdt=tdt, antivirus=antivirus))

    assert (state_of(reply), tdt.answers) == (STATES.REFUSED, {})
    assert "Eicar" in reply.refusal


def test_the_receipt_of_an_answer_is_awaited_then_recorded(cast: Cast) -> None:
    letter, _, world = a_letter_at_the_tdt(cast)
    reply = ordered(cast, letter)
    correspondence.deposit_reply(carrying(reply), world)

    outcome = correspondence.collect_reply_receipt(carrying(reply), world)

    assert (outcome, state_of(reply)) == (DONE, STATES.RECEIVED)
    assert reply.received_on is not None


def test_the_answer_to_a_simple_letter_awaits_no_receipt(cast: Cast) -> None:
    letter, _, world = a_letter_at_the_tdt(cast, "simple")
    reply = ordered(cast, letter, root="ReponseCourrierSimple")
    correspondence.deposit_reply(carrying(reply), world)

    outcome = correspondence.collect_reply_receipt(carrying(reply), world)

    assert (outcome, state_of(reply)) == (DONE, STATES.DEPOSITED)


def test_an_answer_refused_later_leaves_the_letter_waiting(cast: Cast) -> None:
    class Failing(FakeS2low):
        def status(self, transaction: str) -> TransactionStatus:
            return TransactionStatus(state=-1, message=None, error="Enveloppe invalide.")

    letter, _, world = a_letter_at_the_tdt(cast)
    reply = ordered(cast, letter)
    correspondence.deposit_reply(carrying(reply), world)

    correspondence.collect_reply_receipt(carrying(reply), a_world(tdt=Failing()))

    letter.refresh_from_db()
    assert (state_of(reply), reply.refusal, letter.open) == (STATES.REFUSED, "Enveloppe invalide.", True)


def test_a_receipt_of_another_answer_is_put_aside(cast: Cast) -> None:
    class Mistaken(FakeS2low):
        def status(self, transaction: str) -> TransactionStatus:
            foreign = a_receipt(reply).replace(b"-229999990-", b"-111111111-")
            return TransactionStatus(state=4, message=foreign)

    letter, _, world = a_letter_at_the_tdt(cast)
    reply = ordered(cast, letter)
    correspondence.deposit_reply(carrying(reply), world)

    outcome = correspondence.collect_reply_receipt(carrying(reply), a_world(tdt=Mistaken()))

    assert isinstance(outcome, GiveUp)
    assert ParkedMessage.objects.count() == 1
    assert state_of(reply) == STATES.DEPOSITED


def test_a_letter_whose_transmission_was_cancelled_is_received_all_the_same(cast: Cast) -> None:
    tdt = a_tdt()
    _, departure = acknowledged(cast)
    departure.state = Departure.State.CANCELLED
    departure.save(update_fields=["state"])
    the_prefecture_writes(tdt, departure.unique_id)

    correspondence.collect_letters(a_world(tdt=tdt))

    assert Letter.objects.get().departure == departure
