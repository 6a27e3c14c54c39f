"""A letter of the préfecture becomes a task with a date, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.correspondence.actions.receive_letter import LetterForNobody, receive_letter
from hemicycle.chain.correspondence.models import Letter
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import Cast
from tests.departures import acknowledged, an_acknowledgement, deposited, prepared
from tests.letters import CAME_AT, DATED, MOTIVE, a_letter, a_message

NothingWritten = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize(
    ("kind", "due_on", "words"),
    [
        ("simple", dt.date(2026, 12, 28), ""),
        ("pieces", dt.date(2027, 1, 28), MOTIVE),
        ("observations", dt.date(2027, 1, 28), MOTIVE),
        ("referral", dt.date(2026, 12, 13), "Incompétence."),
    ],
)
def test_each_letter_opens_a_dated_task(cast: Cast, kind: str, due_on: dt.date, words: str) -> None:
    letter = a_letter(cast, kind)

    assert (letter.kind, letter.dated, letter.due_on, letter.open) == (kind, DATED, due_on, True)
    assert letter.words.replace("'", "’") == words
    last = journal.of(letter.dossier)[-1]
    assert last.event == "correspondence.letter_received"
    assert last.sealed["facts"]["due_on"] == due_on.isoformat()


def test_the_message_and_its_document_are_kept_with_the_act(cast: Cast) -> None:
    dossier, departure = acknowledged(cast)
    data, documents = a_message(departure.unique_id)

    letter = receive_letter(data=data, documents=documents, tdt_id="77", agent=cast.courier, at=CAME_AT)

    assert letter.dossier == dossier
    assert attachments.read(letter.message) == data
    (kept,) = letter.documents.order_by("order")
    assert (attachments.read(kept), kept.media_type, kept.published) == (documents[0].data, "application/pdf", False)


def test_the_same_letter_again_changes_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    first = a_letter(cast)
    data, documents = a_message(first.departure.unique_id)

    with nothing_written():
        again = receive_letter(data=data, documents=documents, tdt_id="77", agent=cast.courier, at=CAME_AT)

    assert again == first


def test_a_document_that_did_not_come_is_named(cast: Cast) -> None:
    _, departure = acknowledged(cast)
    data, documents = a_message(departure.unique_id)

    letter = receive_letter(data=data, documents=(), tdt_id="77", agent=cast.courier, at=CAME_AT)

    assert letter.missing == [documents[0].name]
    assert not letter.documents.exists()


def test_a_letter_that_comes_before_our_reading_of_the_acknowledgement_is_kept(cast: Cast) -> None:
    _, departure = deposited(cast)
    data, documents = a_message(departure.unique_id)

    letter = receive_letter(data=data, documents=documents, tdt_id="77", agent=cast.courier, at=CAME_AT)

    assert letter.departure == departure


def test_two_letters_about_one_act_are_two_tasks(cast: Cast) -> None:
    first = a_letter(cast, "pieces")

    a_letter(cast, "observations", dossier=first.dossier)

    assert Letter.objects.filter(dossier=first.dossier).count() == 2


def test_a_letter_about_an_act_that_never_left_is_for_nobody(cast: Cast, nothing_written: NothingWritten) -> None:
    _, departure = prepared(cast)
    data, documents = a_message(departure.unique_id)

    with pytest.raises(LetterForNobody, match="Aucun acte transmis d’ici"), nothing_written():
        receive_letter(data=data, documents=documents, tdt_id="77", agent=cast.courier, at=CAME_AT)


def test_what_is_no_letter_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    _, departure = acknowledged(cast)

    for data, why in ((an_acknowledgement(departure), "n’est pas un courrier"), (b"<html/>", "illisible")):
        with pytest.raises(LetterForNobody, match=why), nothing_written():
            receive_letter(data=data, documents=(), tdt_id="", agent=cast.courier, at=CAME_AT)


def test_a_person_receives_no_letter(cast: Cast, nothing_written: NothingWritten) -> None:
    _, departure = acknowledged(cast)
    data, documents = a_message(departure.unique_id)

    with pytest.raises(NotEntitled), nothing_written():
        receive_letter(data=data, documents=documents, tdt_id="77", agent=cast.clerk, at=CAME_AT)
