"""The préfecture's letters and our answers, by each channel, as far as it hands them over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hemicycle.gateways.prefecture.errors import Unreachable
from hemicycle.gateways.prefecture.letters import ReceivedLetter, Reply
from hemicycle.protocols.actes import parse_message, read_return
from hemicycle.protocols.actes.messages import ARReponse, Courrier
from tests.gateways.prefecture.channels import Channel, settled
from tests.protocols.actes.made import EMITTER, a_piece, an_acte
from tests.simulators.prefecture.speaking import until

DATED = date(2026, 12, 18)


def a_letter(channel: Channel, number: str, kind: str) -> tuple[str, ReceivedLetter]:
    """An act acknowledged, and a letter about it: the act's transaction, and the letter."""
    act = channel.tdt.deposit(an_acte(number=number))
    settled(channel.tdt, act, 4)
    before = channel.tdt.letters()
    for name in before:
        channel.tdt.letter_taken(name)
    channel.town.write(an_acte(number=number).unique_id(EMITTER), kind)
    until(lambda: bool(channel.tdt.letters()), f"a letter about {number}")
    return act, channel.tdt.letter(channel.tdt.letters()[0])


def a_reply(act: str, letter: ReceivedLetter, number: str, root: str, pieces: int = 1) -> Reply:
    return Reply(
        letter=letter.number,
        act=act,
        acte_id=an_acte(number=number).unique_id(EMITTER),
        root=root,
        letter_dated=DATED,
        pieces=(replace(a_piece(), type_code="99_AU"),) * pieces,
    )


def codes(channel: Channel, number: str) -> list[str]:
    """What the ministry exchanged about the act."""
    seen = channel.town.received(an_acte(number=number).unique_id(EMITTER))
    return [str(item["code"]) for item in seen["exchanges"]]


def test_a_letter_comes_with_its_document_or_is_announced_and_goes_off_the_list(channel: Channel) -> None:
    number = channel.number("L1")
    _, letter = a_letter(channel, number, "4-1")

    channel.tdt.letter_taken(letter.number)

    assert channel.tdt.letters() == []
    until(lambda: codes(channel, number).count("4-2") == 1, "one receipt of the letter")
    if channel.name == "stela":
        assert "pages de Stela" in letter.doubt
        assert "À compléter." in letter.parts[0].data.decode()
        return
    found = read_return(letter.parts)
    assert found is not None
    message = found.messages[0].message
    assert isinstance(message, Courrier)
    assert (letter.doubt, message.root, message.dated, message.text) == (
        "",
        "LettreObservations",
        DATED,
        "À compléter.",
    )
    assert found.messages[0].documents[0].data.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("kind", "root", "pieces", "receipt"),
    [
        ("4-1", "ReponseLettreObservations", 1, "4-5"),
        ("4-1", "RejetLettreObservations", 1, "4-5"),
        ("3-1", "PieceComplementaire", 2, "3-5"),
        ("3-1", "RefusPieceComplementaire", 1, "3-5"),
    ],
)
def test_an_answer_is_followed_until_its_receipt(
    channel: Channel, kind: str, root: str, pieces: int, receipt: str
) -> None:
    number = channel.number(f"A{root[:3].upper()}{kind[0]}")
    act, letter = a_letter(channel, number, kind)
    before = channel.tdt.find_answer(a_reply(act, letter, number, root, pieces))

    answer = channel.tdt.answer(a_reply(act, letter, number, root, pieces))

    status = settled(channel.tdt, answer, 4)
    assert before is None
    assert channel.tdt.find_answer(a_reply(act, letter, number, root, pieces)) == answer
    if status.message is not None:
        assert isinstance(parse_message(status.message), ARReponse)
    assert codes(channel, number).count(receipt) == 1


def test_an_answer_whose_outcome_is_unknown_is_found_again_and_leaves_once(channel: Channel) -> None:
    number = channel.number("LOST")
    act, letter = a_letter(channel, number, "4-1")
    reply = a_reply(act, letter, number, "ReponseLettreObservations")
    channel.town.choose("tdt-lost", number, times="1")

    with pytest.raises(Unreachable) as silence:
        channel.tdt.answer(reply)

    def known() -> bool:
        try:
            return channel.tdt.find_answer(reply) is not None
        except Unreachable:
            return False

    until(known, "the answer")
    assert silence.value.outcome_unknown
    assert channel.tdt.find_answer(replace(reply, earlier=frozenset({channel.tdt.find_answer(reply) or ""}))) is None
    until(lambda: "4-5" in codes(channel, number), "the receipt of the answer")
    assert codes(channel, number).count("4-4") == 1
