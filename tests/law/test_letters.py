"""What each letter of the préfecture calls for and does to the clock of the déféré (law cases LC076 to LC082)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.law.letters import LetterKind, LetterSeen, control_clock, letter_task

ACT = date(2026, 3, 10)
DAYS = st.dates(min_value=date(2022, 7, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("kind", "received_on", "by"),
    [
        ("pieces", date(2026, 5, 5), date(2026, 7, 5)),
        ("observations", date(2026, 4, 28), date(2026, 6, 28)),
        ("pieces", date(2026, 3, 13), date(2026, 5, 13)),
        ("observations", date(2026, 7, 15), date(2026, 9, 15)),
    ],
)
def test_two_months_of_silence_refuse_what_a_letter_asks(kind: LetterKind, received_on: date, by: date) -> None:
    task = letter_task(kind, received_on)

    assert (task.respond_by, task.legal) == (by, True)
    assert task.certainty == "secondary"
    assert "L3132-1" in task.article and "L231-4" in task.article


@pytest.mark.parametrize("kind", ["simple", "referral"])
def test_a_letter_without_a_legal_term_has_a_landmark_said_to_be_one(kind: LetterKind) -> None:
    task = letter_task(kind, date(2026, 4, 28))

    assert not task.legal
    assert task.certainty == "to_verify"
    assert "Repère de l’application" in task.explanation


def test_a_referral_of_a_contract_says_what_a_suspension_asked_in_ten_days_does() -> None:
    contract = letter_task(
        "referral",
        date(2026, 3, 12),
        act_received_on=date(2026, 3, 2),
        filed_on=date(2026, 3, 11),
        matiere=(1, 2),
    )
    grant = letter_task("referral", date(2026, 3, 12), act_received_on=date(2026, 3, 2), matiere=(7, 5))

    assert "2 avril 2026" in contract.explanation
    assert "Si le préfet a demandé" not in grant.explanation


def test_without_letters_the_clock_runs_from_the_reception() -> None:
    clock = control_clock(date(2026, 6, 25), on=date(2026, 7, 1))

    assert not clock.stopped
    assert [step.kind for step in clock.steps] == ["start", "end"]
    assert clock.steps[-1].on == date(2026, 8, 26)
    assert clock.sentence == "Le préfet peut déférer l’acte jusqu’au 26 août 2026."


def test_a_clock_that_is_over_says_since_when() -> None:
    assert "expiré depuis le 26 août 2026" in control_clock(date(2026, 6, 25), on=date(2026, 8, 27)).sentence


def test_a_request_for_pieces_stops_the_clock_until_they_are_received() -> None:
    asked = LetterSeen(kind="pieces", received_on=date(2026, 5, 5))
    waiting = control_clock(ACT, [asked], on=date(2026, 5, 20))
    answered = LetterSeen(kind="pieces", received_on=date(2026, 5, 5), answered_on=date(2026, 5, 26))

    running = control_clock(ACT, [answered], on=date(2026, 6, 1))

    assert waiting.stopped
    assert [step.kind for step in waiting.steps] == ["start", "stop", "restart"]
    assert "arrêté depuis le 5 mai 2026" in waiting.sentence
    assert not running.stopped
    assert [(step.kind, step.on) for step in running.steps[1:]] == [
        ("stop", date(2026, 5, 5)),
        ("restart", date(2026, 5, 26)),
        ("end", date(2026, 7, 27)),
    ]


def test_silence_restarts_the_clock_by_itself() -> None:
    asked = LetterSeen(kind="observations", received_on=date(2026, 4, 28))

    clock = control_clock(ACT, [asked], on=date(2026, 7, 1))

    assert not clock.stopped
    assert [step.on for step in clock.steps if step.kind == "restart"] == [date(2026, 6, 28)]
    assert clock.term.last_day == date(2026, 8, 31)


def test_pieces_then_observations_each_move_the_clock_once() -> None:
    letters = [
        LetterSeen(kind="pieces", received_on=date(2026, 3, 13), answered_on=date(2026, 4, 10)),
        LetterSeen(kind="observations", received_on=date(2026, 6, 11), answered_on=date(2026, 7, 20)),
    ]

    clock = control_clock(date(2026, 1, 12), letters, on=date(2026, 8, 1))

    assert clock.term.last_day == date(2026, 9, 21)


def test_a_reminder_moves_nothing_and_says_so() -> None:
    letters = [
        LetterSeen(kind="pieces", received_on=date(2026, 5, 5), answered_on=date(2026, 5, 26)),
        LetterSeen(kind="pieces", received_on=date(2026, 6, 5)),
    ]

    clock = control_clock(ACT, letters, on=date(2026, 6, 10))

    assert not clock.stopped
    nothing = next(step for step in clock.steps if step.kind == "nothing")
    assert "seconde de son espèce" in nothing.explanation


def test_a_referral_closes_the_clock_and_suspends_nothing_by_itself() -> None:
    filed = LetterSeen(kind="referral", received_on=date(2026, 4, 3), filed_on=date(2026, 4, 2))

    clock = control_clock(ACT, [filed], on=date(2026, 4, 10))

    assert [(step.kind, step.on) for step in clock.steps] == [("start", ACT), ("referral", date(2026, 4, 2))]
    assert "reste exécutoire" in clock.steps[-1].explanation
    assert "déféré au tribunal administratif" in clock.sentence


def test_a_simple_letter_does_nothing_to_the_clock() -> None:
    letter = LetterSeen(kind="simple", received_on=date(2026, 4, 3))

    assert control_clock(ACT, [letter], on=date(2026, 4, 10)) == control_clock(ACT, on=date(2026, 4, 10))


@given(received=DAYS, after=st.integers(min_value=1, max_value=50), answered=st.integers(min_value=0, max_value=59))
def test_an_answer_never_shortens_the_term_of_the_prefect(received: date, after: int, answered: int) -> None:
    asked = date.fromordinal(received.toordinal() + after)
    reply = date.fromordinal(asked.toordinal() + answered)
    seen = LetterSeen(kind="observations", received_on=asked, answered_on=reply)

    clock = control_clock(received, [seen], on=reply)

    assert clock.term.latest >= control_clock(received, on=reply).term.latest
