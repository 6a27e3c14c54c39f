"""The same path without a mouse: the Tab key, the arrows, Enter and Space."""

from __future__ import annotations

from tests.browser.before_the_vote import Files
from tests.browser.hands import Keyboard
from tests.browser.people import People
from tests.browser.test_writing_and_visas import played


def test_the_same_path_is_walked_with_the_keyboard_alone(people: People, files: Files) -> None:
    played(Keyboard(), people, files, "Clubs de handibasket, aides de 2027")
