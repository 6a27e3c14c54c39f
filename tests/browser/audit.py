"""What every page must be: axe-clean in light and dark, wide and narrow, quiet in the console, one title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.urls import resolve
from playwright.sync_api import ConsoleMessage, Error, Page

DESK, PHONE, NARROWEST = 1440, 390, 320
#: In the dark only colours differ: the other rules have judged the same page in the light.
COLOURS = ["color-contrast", "link-in-text-block"]
AXE = "options => axe.run(document, options).then(found => found.violations)"
SIZES = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@dataclass(kw_only=True)
class Audit:
    """What was wrong, page by page. `pictures`: where each page is photographed, if anyone wants to look."""

    pictures: Path | None = None
    found: list[str] = field(default_factory=list)
    #: Names of the addresses looked at (hemicycle.web.urls).
    seen: set[str] = field(default_factory=set)
    _said: list[str] = field(default_factory=list)
    _listening: set[int] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        """From now on, what the page's console complains of counts."""
        if id(page) not in self._listening:
            self._listening.add(id(page))
            page.on("console", self._hear)
            page.on("pageerror", lambda error: self._said.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._said.append(f"{message.text} ({message.location['url']})")

    def visit(self, page: Page, address: str, name: str, *, status: int = 200) -> None:
        """Go there and look."""
        self.listen(page)
        answer = page.goto(address)
        if answer is None or answer.status != status:
            self.found.append(f"{name}: answered {answer and answer.status} at {address}")
        if status >= 400:
            self._said.clear()  # the browser itself reports the status
        self._look(page, name)

    def look(self, page: Page, name: str) -> None:
        """Judge the page as it is on screen, once a gesture has led there; it must have been quiet until now."""
        _arrived(page)
        self._look(page, name)

    def _look(self, page: Page, name: str) -> None:
        self.seen.add(resolve(re.sub(r"^https?://[^/]+|[?#].*$", "", page.url)).url_name or "")
        wrong = [f"the console says: {said}" for said in self._said]
        self._said.clear()
        if page.locator("h1").count() != 1:
            wrong.append(f"{page.locator('h1').count()} first-level titles")
        page.evaluate(AXE_SCRIPT)
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 900 if width == DESK else 844})
            wrong += _judged(page, width)
            self._photograph(page, name, width)
            page.emulate_media(color_scheme="dark")
            wrong += [f"dark {line}" for line in _judged(page, width, rules=COLOURS)]
            if width == DESK:
                self._photograph(page, f"{name}-dark", width)
            page.emulate_media(color_scheme="light")
        for width in (PHONE, NARROWEST):
            page.set_viewport_size({"width": width, "height": 844})
            needed, given = page.evaluate(SIZES)
            if needed > given:
                wrong.append(f"at {width}: {needed} pixels wide")
        page.set_viewport_size({"width": DESK, "height": 900})
        self._said.clear()  # axe tries inline styles, which the site's policy refuses: its doing, not the page's
        self.found += [f"{name}: {line}" for line in wrong]

    def _photograph(self, page: Page, name: str, width: int) -> None:
        if self.pictures is not None:
            page.screenshot(path=self.pictures / f"{name}-{width}.png", full_page=True, caret="initial")


def _arrived(page: Page) -> None:
    """Wait until the page that a click asked for is there: it may not even have begun to come."""
    since = None
    while True:
        try:
            page.wait_for_load_state("load")
            now = page.evaluate("performance.timeOrigin")
        except Error:  # the page left while it was asked
            now = None
        if now is not None and now == since:
            return
        since = now
        page.wait_for_timeout(120)


def _judged(page: Page, width: int, *, rules: list[str] | None = None) -> list[str]:
    # Without preloading: axe would fetch each style sheet again, from a wrong address, and the console would say so.
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    return [
        f"at {width}: {violation['id']}, {violation['help']}: {node['html'][:160]}"
        for violation in page.evaluate(AXE, options)
        for node in violation["nodes"][:3]
    ]
