"""The direction prepares an answer: the very documents that would leave."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pikepdf
import pytest

from hemicycle.chain.correspondence.actions.prepare_reply import GivenFile, ReplyNotAccepted, prepare_reply
from hemicycle.chain.correspondence.conditions import LetterClosed, NoSuchLetter
from hemicycle.chain.correspondence.models import Letter, Reply
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.protocols.actes import pdf_faults
from tests.cast import Cast
from tests.letters import CAME_AT, WORDS, a_file, a_letter, a_reply, ordered, sent
from tests.protocols.actes.made import PNG

NothingWritten = Callable[[], AbstractContextManager[None]]


def pages(reply: Reply) -> list[int]:
    counts = []
    for document in reply.documents.order_by("order"):
        with pikepdf.open(io.BytesIO(attachments.read(document))) as pdf:
            counts.append(len(pdf.pages))
    return counts


def test_a_typed_answer_is_a_letter(cast: Cast) -> None:
    reply = a_reply(cast)

    assert (reply.state, reply.rank, pages(reply)) == ("prepared", 1, [1])
    (document,) = reply.documents.all()
    assert pdf_faults(attachments.read(document)) == []
    assert document.published is False
    assert journal.of(reply.letter.dossier)[-1].event == "correspondence.reply_prepared"


def test_an_answer_that_takes_one_document_gathers_its_annexes_in_it(cast: Cast) -> None:
    reply = a_reply(cast, files=[a_file(), a_file("avis.pdf")])

    assert pages(reply) == [3]


def test_pieces_that_were_asked_for_leave_one_by_one(cast: Cast) -> None:
    letter = a_letter(cast, "pieces")

    reply = a_reply(cast, letter, root="PieceComplementaire", files=[a_file("plan.pdf"), a_file("avis.pdf")])

    assert pages(reply) == [1, 1, 1]
    assert [document.name for document in reply.documents.order_by("order")][1:] == ["plan.pdf", "avis.pdf"]


def test_a_signed_letter_that_is_joined_leaves_as_it_is(cast: Cast) -> None:
    file = a_file("lettre-signee.pdf")

    reply = a_reply(cast, words="", files=[file])

    (document,) = reply.documents.all()
    assert attachments.read(document) == file.data


def test_another_answer_takes_the_place_of_the_one_prepared(cast: Cast) -> None:
    first = a_reply(cast)

    second = a_reply(cast, first.letter, root="RejetLettreObservations")

    first.refresh_from_db()
    assert (first.state, second.state, second.rank) == ("replaced", "prepared", 2)


@pytest.mark.parametrize(
    ("root", "words", "files", "why"),
    [
        ("ReponseLettreObservations", " ", [], "Écrivez la réponse"),
        ("PieceComplementaire", WORDS, [], "ce qui est répondu"),
        ("", WORDS, [], "ce qui est répondu"),
        ("ReponseLettreObservations", "", [GivenFile(name="note.pdf", data=b"rien")], "note.pdf"),
        ("ReponseLettreObservations", WORDS, [GivenFile(name="plan.png", data=PNG)], "plan.png"),
        ("ReponseLettreObservations", "x" * 20_001, [], "trop longue"),
    ],
)
def test_what_cannot_leave_is_refused(
    cast: Cast, nothing_written: NothingWritten, root: str, words: str, files: list[GivenFile], why: str
) -> None:
    letter = a_letter(cast)

    with pytest.raises(ReplyNotAccepted, match=why), nothing_written():
        a_reply(cast, letter, root=root, words=words, files=files)


def test_a_locked_pdf_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    letter, written = a_letter(cast), io.BytesIO()
    with pikepdf.open(io.BytesIO(a_file().data)) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(owner="o", user="u"))

    with pytest.raises(ReplyNotAccepted), nothing_written():
        a_reply(cast, letter, files=[GivenFile(name="clef.pdf", data=written.getvalue())])


def test_nothing_answers_a_referral(cast: Cast, nothing_written: NothingWritten) -> None:
    letter = a_letter(cast, "referral")

    with pytest.raises(ReplyNotAccepted), nothing_written():
        a_reply(cast, letter)


def test_while_an_answer_leaves_no_other_is_prepared(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = ordered(cast)

    with pytest.raises(LetterClosed, match="en cours d’envoi"), nothing_written():
        a_reply(cast, reply.letter)


def test_a_letter_answered_is_answered(cast: Cast, nothing_written: NothingWritten) -> None:
    reply = sent(cast)

    with pytest.raises(LetterClosed, match="déjà reçu sa réponse"), nothing_written():
        a_reply(cast, reply.letter)


def answer(letter: Letter, agent: object) -> Reply:
    return prepare_reply(
        letter_id=letter.id,
        root="ReponseLettreObservations",
        words=WORDS,
        files=(),
        agent=agent,  # type: ignore[arg-type]
        at=CAME_AT,
    )


def test_the_direction_and_the_service_des_assemblees_prepare(cast: Cast) -> None:
    letter = a_letter(cast)

    for agent in (cast.colleague, cast.head_of_service, cast.director, cast.clerk):
        assert answer(letter, agent).prepared_by == agent


@pytest.mark.parametrize("who", ["neighbour", "legal", "finance", "outsider", "auditor", "president", "courier"])
def test_nobody_else_prepares(cast: Cast, nothing_written: NothingWritten, who: str) -> None:
    letter = a_letter(cast)

    with pytest.raises(NotEntitled), nothing_written():
        answer(letter, getattr(cast, who))


def test_a_letter_that_is_not_there_is_said_so(cast: Cast, nothing_written: NothingWritten) -> None:
    letter = a_letter(cast)
    letter.id = letter.dossier_id

    with pytest.raises(NoSuchLetter), nothing_written():
        answer(letter, cast.drafter)
