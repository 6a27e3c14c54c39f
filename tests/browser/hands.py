"""Two ways to do the same gestures: with the mouse, and with the keyboard alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

#: Stops of the Tab key on the longest page, and some.
STOPS = 300
#: Rows of the editor's bar, and tools in the longest.
ROWS, TOOLS = 4, 25
#: Milliseconds between two moves of the cursor: nobody's hand is quicker, and the editor follows it.
PAUSE = 60
FOCUSED = "nodes => nodes.includes(document.activeElement)"
IN_EDITOR = "() => document.activeElement?.closest('.ProseMirror') !== null"
OPTIONS = "node => [...node.options].map((option) => option.text)"
CHOSEN = "node => node.selectedOptions[0]?.text ?? ''"
SAME_GROUP = 'node => `input[type=radio][name="${node.name}"]`'
#: Someone who sees the screen sees where the focus is.
SHOWN = """() => { const box = document.activeElement.getBoundingClientRect();
  return document.activeElement.matches("input, select") || (box.width > 1 && box.height > 1); }"""
HOLDS_THE_CURSOR = "node => node.contains(document.getSelection().anchorNode)"


class Hand(Protocol):
    """What a person does on a page; `within`: where, when the page has several of that name."""

    def go(self, page: Page, wanted: Locator) -> None:
        """A link or a button after which another page is there."""

    def press(self, page: Page, wanted: Locator) -> None:
        """A button that changes the page itself."""

    def tool(self, page: Page, wanted: Locator) -> None:
        """A button of the bar above the text where the cursor is."""

    def write(self, page: Page, field: Locator, words: str) -> None: ...

    def date(self, page: Page, field: Locator, day: dt.date) -> None: ...

    def choose(self, page: Page, field: Locator, option: str) -> None:
        """The first whose words begin so."""

    def tick(self, page: Page, box: Locator) -> None:
        """A checkbox or a radio button."""

    def attach(self, page: Page, field: Locator, file: Path) -> None: ...

    def enter(self, page: Page, text: Locator) -> None:
        """Put the cursor in an editor, at the end of that paragraph of it."""


class Mouse:
    def go(self, page: Page, wanted: Locator) -> None:
        with page.expect_navigation():
            wanted.click()

    def press(self, page: Page, wanted: Locator) -> None:
        wanted.click()

    def tool(self, page: Page, wanted: Locator) -> None:
        wanted.click()

    def write(self, page: Page, field: Locator, words: str) -> None:
        field.fill(words)

    def date(self, page: Page, field: Locator, day: dt.date) -> None:
        field.fill(day.isoformat())

    def choose(self, page: Page, field: Locator, option: str) -> None:
        field.select_option(label=_option(field, option))

    def tick(self, page: Page, box: Locator) -> None:
        box.check()

    def attach(self, page: Page, field: Locator, file: Path) -> None:
        field.set_input_files(file)

    def enter(self, page: Page, text: Locator) -> None:
        text.click()
        _to_its_end(page, text)


class Keyboard:
    """Tab to what is wanted, then its key: nothing here touches the page otherwise, locators only look."""

    def go(self, page: Page, wanted: Locator) -> None:
        self._reach(page, wanted)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    def press(self, page: Page, wanted: Locator) -> None:
        self._reach(page, wanted)
        page.keyboard.press("Enter")

    def tool(self, page: Page, wanted: Locator) -> None:
        """As its keys are told: Alt + F10, the Tab key from row to row, the arrows within."""
        page.keyboard.press("Alt+F10")
        for _ in range(ROWS):
            for _ in range(TOOLS):
                if wanted.evaluate_all(FOCUSED):
                    page.keyboard.press("Enter")
                    return
                page.keyboard.press("ArrowRight")
            page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} is in no row of the bar")

    def write(self, page: Page, field: Locator, words: str) -> None:
        self._reach(page, field)
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
        expect(field).to_have_value(words)

    def date(self, page: Page, field: Locator, day: dt.date) -> None:
        """The browser asks for the parts in the order of its language."""
        self._reach(page, field)
        for order in ("%m%d%Y", "%d%m%Y"):
            page.keyboard.type(day.strftime(order))
            if field.input_value() == day.isoformat():
                return
            while field.evaluate_all(FOCUSED):
                page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
        raise AssertionError(f"{day} cannot be typed: {field.input_value()}")

    def choose(self, page: Page, field: Locator, option: str) -> None:
        self._reach(page, field)
        for _ in field.evaluate(OPTIONS):
            if field.evaluate(CHOSEN).startswith(option):
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"no option begins with « {option} »")

    def tick(self, page: Page, box: Locator) -> None:
        if box.is_checked():
            return
        if box.get_attribute("type") != "radio":
            self._reach(page, box)
            page.keyboard.press("Space")
        else:
            group = page.locator(box.evaluate(SAME_GROUP))
            self._reach(page, group)
            page.keyboard.press("Space")
            for _ in range(group.count()):
                if box.is_checked():
                    break
                page.keyboard.press("ArrowDown")
                page.wait_for_timeout(PAUSE)
        expect(box).to_be_checked()

    def attach(self, page: Page, field: Locator, file: Path) -> None:
        page.wait_for_load_state("networkidle")  # the page's script takes the field in hand as it arrives
        self._reach(page, field)
        page.wait_for_timeout(PAUSE)
        with page.expect_file_chooser() as asked:
            page.keyboard.press("Space")
        asked.value.set_files(file)

    def enter(self, page: Page, text: Locator) -> None:
        """From the top of the text, down to the paragraph."""
        editor = page.locator(".ProseMirror")
        self._reach(page, editor)
        page.keyboard.press("Control+Home")
        for _ in range(STOPS):
            if text.evaluate(HOLDS_THE_CURSOR):
                _to_its_end(page, text)
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError("the cursor never came to that paragraph")

    def _reach(self, page: Page, wanted: Locator) -> None:
        expect(wanted.first).to_be_attached()
        for _ in range(STOPS):
            if wanted.evaluate_all(FOCUSED):
                assert wanted.evaluate_all(SHOWN), "what has the focus is not on screen"
                return
            if page.evaluate(IN_EDITOR):
                page.keyboard.press("Escape")
            page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key never reaches {wanted} on {page.url}")


def _option(field: Locator, begin: str) -> str:
    options: list[str] = field.evaluate(OPTIONS)
    found = [option for option in options if option.startswith(begin)]
    assert found, f"« {begin} » begins none of {options}"
    return found[0]


def _to_its_end(page: Page, text: Locator) -> None:
    """The cursor is in that paragraph: to the one after it, then back by a character."""
    for _ in range(STOPS):
        page.keyboard.press("ArrowDown")
        if not text.evaluate(HOLDS_THE_CURSOR):
            page.keyboard.press("Home")
            page.wait_for_timeout(PAUSE)
            page.keyboard.press("ArrowLeft")
            page.wait_for_timeout(PAUSE)
            assert text.evaluate(HOLDS_THE_CURSOR)
            return
    raise AssertionError("nothing follows that paragraph")
