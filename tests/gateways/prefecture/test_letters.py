"""Letters of the préfecture and our answers, kept by the client against the simulator and by the fake alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

import httpx
import pytest

from hemicycle.gateways.prefecture.client import Tdt
from hemicycle.gateways.prefecture.errors import Rejected, Unreachable
from hemicycle.gateways.prefecture.fake import FakeS2low
from hemicycle.gateways.prefecture.letters import Reply
from hemicycle.gateways.prefecture.replies import exchanges_of, payload_of
from hemicycle.protocols.actes import Member, Piece, parse_message, read_return
from hemicycle.protocols.actes.messages import ARReponse, Courrier, FichierSigne
from tests.gateways.prefecture.test_prefecture import NOW, client_of, settled
from tests.protocols.actes.made import EMITTER, a_pdf, a_piece, an_acte
from tests.simulators.prefecture.running import running_prefecture
from tests.simulators.prefecture.speaking import until

DATED = date(2026, 12, 18)


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A TdT, and the hand of the préfecture at the other end."""

    tdt: Tdt
    write: Callable[[str], None]
    lose_an_answer: Callable[[], None]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_prefecture(tmp_path_factory.mktemp("letters"), *NOW) as url:
        yield url


@pytest.fixture(params=["fake", "simulator"])
def channel(request: pytest.FixtureRequest) -> Iterator[Channel]:
    if request.param == "fake":
        fake = FakeS2low()
        yield Channel(tdt=fake, write=in_memory(fake), lose_an_answer=lambda: setattr(fake, "lose_next_answer", True))
        return
    url = request.getfixturevalue("address")
    with closing(client_of(url)) as client:
        yield Channel(tdt=client, write=by_the_desk(url), lose_an_answer=losing(url))


def in_memory(fake: FakeS2low) -> Callable[[str], None]:
    def write(acte_id: str) -> None:
        document = Member(name=f"{acte_id}-4-1_9.pdf", data=a_pdf())
        files = (FichierSigne(name=document.name),)
        fake.write_letter(
            Courrier(root="LettreObservations", acte_id=acte_id, dated=DATED, text="À compléter.", documents=files),
            (document,),
        )

    return write


def by_the_desk(url: str) -> Callable[[str], None]:
    def write(acte_id: str) -> None:
        fields = {"acte": acte_id, "type": "4-1", "texte": "À compléter."}
        assert httpx.post(f"{url}/ministere/courrier", data=fields).status_code == 303

    return write


def losing(url: str) -> Callable[[], None]:
    def lose() -> None:
        assert httpx.post(f"{url}/scenario", data={"scenario": "tdt-lost", "times": "1"}).status_code == 303

    return lose


def a_letter(channel: Channel, number: str) -> tuple[str, str]:
    """An act acknowledged and a letter of observations about it: their numbers at the TdT."""
    acte = an_acte(number=number)
    act = channel.tdt.deposit(acte)
    settled(channel.tdt, act, 4)
    before = channel.tdt.letters()
    channel.write(acte.unique_id(EMITTER))
    until(lambda: channel.tdt.letters() != before, f"a letter about {number}")
    return act, next(n for n in channel.tdt.letters() if n not in before)


def a_reply(act: str, letter: str, number: str, *pieces: Piece, root: str = "ReponseLettreObservations") -> Reply:
    return Reply(
        letter=letter,
        act=act,
        acte_id=an_acte(number=number).unique_id(EMITTER),
        root=root,
        letter_dated=DATED,
        pieces=pieces or (a_piece(),),
    )


def test_a_letter_is_listed_until_it_is_taken_and_brings_its_document(channel: Channel) -> None:
    _, number = a_letter(channel, "LETTRE_1")

    letter = channel.tdt.letter(number)
    channel.tdt.letter_taken(number)

    found = read_return(letter.parts)
    assert found is not None
    message = found.messages[0].message
    assert isinstance(message, Courrier)
    assert (message.root, message.dated, message.text) == ("LettreObservations", DATED, "À compléter.")
    assert found.messages[0].documents[0].data.startswith(b"%PDF-")
    assert number not in channel.tdt.letters()


def test_an_answer_is_followed_until_its_receipt(channel: Channel) -> None:
    act, letter = a_letter(channel, "LETTRE_2")

    answer = channel.tdt.answer(a_reply(act, letter, "LETTRE_2"))

    status = settled(channel.tdt, answer, 4)
    receipt = parse_message(status.message or b"")
    assert isinstance(receipt, ARReponse)
    assert (receipt.root, receipt.received_on) == ("ARReponseRejetLettreObservations", DATED)


def test_an_answer_whose_outcome_is_unknown_is_found_again(channel: Channel) -> None:
    act, letter = a_letter(channel, "LETTRE_3")
    reply = a_reply(act, letter, "LETTRE_3", root="RejetLettreObservations")
    before = channel.tdt.find_answer(reply)
    channel.lose_an_answer()

    with pytest.raises(Unreachable) as silence:
        channel.tdt.answer(reply)

    found = channel.tdt.find_answer(reply)
    assert before is None
    assert silence.value.outcome_unknown
    assert found is not None
    assert channel.tdt.find_answer(replace(reply, earlier=frozenset({found}))) is None


def test_an_answer_to_no_letter_is_refused(channel: Channel) -> None:
    with pytest.raises(Rejected, match="Le tiers de télétransmission a refusé"):
        channel.tdt.answer(a_reply("1", "999999", "LETTRE_4"))


@pytest.mark.parametrize("body", [b"OK\n52\n\n", "OK : id généré : 52\n".encode("latin-1")])
def test_both_shapes_of_the_reply_to_an_answer_are_read(body: bytes) -> None:
    assert payload_of(body).strip() == b"52"


def test_a_refusal_on_one_line_is_a_refusal() -> None:
    with pytest.raises(Rejected, match=r"Le tiers de télétransmission a refusé : Aucun fichier\."):
        payload_of("KO : Aucun fichier\n".encode("latin-1"))


def test_the_exchanges_about_an_act_are_read_line_by_line() -> None:
    found = exchanges_of(b"3-8-1234\n4--1-1300\n")

    assert [(item.kind, item.state, item.number) for item in found] == [("3", 8, 1234), ("4", -1, 1300)]


def test_a_list_of_exchanges_that_is_none_says_nothing_of_the_answer() -> None:
    with pytest.raises(Unreachable):
        exchanges_of(b"<html></html>")
