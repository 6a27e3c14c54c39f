"""Who reads which letters, in what order, and where the clock stands."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.chain.correspondence import queries
from hemicycle.chain.correspondence.actions.record_reply_receipt import record_reply_receipt
from hemicycle.chain.correspondence.models import Letter
from hemicycle.dossier.dates import day
from tests.cast import Cast
from tests.letters import CAME_AT, a_letter, a_receipt, a_reply, sent

ON = day(CAME_AT)


def test_a_letter_waits_for_its_direction_and_for_the_service_des_assemblees(cast: Cast) -> None:
    letter = a_letter(cast)

    for agent in (cast.drafter, cast.head_of_service, cast.director, cast.clerk):
        assert list(queries.to_answer(agent, on=ON)) == [letter]
    for agent in (cast.neighbour, cast.legal, cast.outsider, cast.president):
        assert not queries.to_answer(agent, on=ON).exists()


def test_once_prepared_it_waits_for_the_service_des_assemblees_alone(cast: Cast) -> None:
    letter = a_reply(cast).letter

    assert not queries.to_answer(cast.drafter, on=ON).exists()
    assert list(queries.to_answer(cast.clerk, on=ON)) == [letter]
    (line,) = queries.lines(queries.visible(cast.clerk, on=ON), on=ON)
    assert line.waits_for_office


def test_a_letter_answered_waits_for_nobody(cast: Cast) -> None:
    sent(cast)

    assert not queries.to_answer(cast.clerk, on=ON).exists()


def test_what_presses_most_comes_first_and_what_is_past_is_late(cast: Cast) -> None:
    later = a_letter(cast, "observations")
    sooner = a_letter(cast, "referral", dossier=later.dossier)
    on = dt.date(2026, 12, 20)

    lines = queries.lines(queries.visible(cast.clerk, on=on), on=on)

    assert [line.letter for line in lines] == [sooner, later]
    assert [(line.late, line.days_left) for line in lines] == [(True, -7), (False, 39)]


def test_a_letter_under_embargo_is_shown_to_few(cast: Cast) -> None:
    letter = a_letter(cast)
    letter.dossier.embargo = True
    letter.dossier.save(update_fields=["embargo"])

    assert not queries.to_answer(cast.director, on=ON).exists()
    with pytest.raises(Letter.DoesNotExist):
        queries.letter_view(letter.id, agent=cast.director, on=ON)
    assert queries.letter_view(letter.id, agent=cast.clerk, on=ON).line.letter == letter


def test_the_clock_is_stopped_by_the_letter_and_started_again_by_the_receipt(cast: Cast) -> None:
    letter = a_letter(cast)
    stopped = queries.clock_of(letter.dossier, on=ON)
    reply = sent(cast, letter)
    record_reply_receipt(data=a_receipt(reply), agent=cast.courier, at=CAME_AT)

    running = queries.clock_of(letter.dossier, on=dt.date(2026, 12, 1))

    assert stopped is not None and stopped.stopped
    assert running is not None and not running.stopped
    assert running.term.start == dt.date(2026, 11, 30)


def test_the_page_of_a_letter_says_what_may_be_answered_and_when_it_was(cast: Cast) -> None:
    letter = a_letter(cast)
    before = queries.letter_view(letter.id, agent=cast.drafter, on=ON)
    sent(cast, letter)

    after = queries.letter_view(letter.id, agent=cast.clerk, on=ON)

    assert ([choice.code for choice in before.choices], before.may_write, before.may_send) == (
        ["4-4", "4-3"],
        True,
        False,
    )
    assert (after.answered_on, after.in_time, after.may_write, after.may_send) == (ON, True, False, True)


def test_what_leaves_names_the_letter_and_its_act_as_the_carrier_does(cast: Cast) -> None:
    first = sent(cast)
    second = a_reply(cast, a_letter(cast, "pieces", dossier=first.letter.dossier), root="RefusPieceComplementaire")

    going = queries.leaving(second.pk)

    assert (going.letter, going.act, going.root) == ("77", first.letter.departure.tdt_id, "RefusPieceComplementaire")
    assert going.earlier == frozenset({"78"})
    assert [piece.type_code for piece in queries.pieces_of(second.pk)] == ["99_DE"]
