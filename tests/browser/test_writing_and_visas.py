"""A report written, refused, corrected and given every visa: at a real browser, with the mouse."""

from __future__ import annotations

from tests.browser import visas_play as visas
from tests.browser import writing_play as writing
from tests.browser.before_the_vote import Files
from tests.browser.hands import Hand, Mouse
from tests.browser.people import People
from tests.browser.writing_play import Play


def test_a_dossier_is_written_refused_corrected_and_given_every_visa(people: People, files: Files) -> None:
    played(Mouse(), people, files, "Clubs de sport adapté, aides de 2027")


def played(hand: Hand, people: People, files: Files, subject: str) -> None:
    """From a model to the agenda: each step says in its own words what its reader must see."""
    play, other = Play(hand=hand, people=people, subject=subject, annex=files.annex), f"Suite donnée : {subject}"
    visas.give_a_delegation(play)
    address = writing.write_and_submit(play)
    visas.refuse_with_comments(play)
    writing.answer_and_correct(play, first=visas.FIRST, second=visas.SECOND)
    writing.submit_another_like_it(play, address, other)
    visas.read_what_changed_then_give_both(play, other)
    visas.give_in_the_name_of_the_absent(play)
    visas.ask_then_give_with_a_reservation(play)
    visas.give_the_last_visas(play)
    visas.read_that_it_is_ready(play)
    visas.end_the_delegation(play)
