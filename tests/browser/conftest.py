"""One demonstration for all the browser tests, one browser per module.

Playwright runs an event loop in the thread of the tests, which Django's ORM refuses: it is closed after each module.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import before_the_vote, by_hand
from tests.browser.before_the_vote import Files
from tests.browser.by_hand import Affair
from tests.browser.people import People
from tests.browser.site import Site, opened
from tests.conftest import ROOT

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives the browser, and one server is enough for all."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Without the shared folder the texts are typed instead: nothing is skipped."""
    shared = Path(os.environ.get("HEMICYCLE_SHARED", ROOT.parent / "shared"))
    return before_the_vote.files(shared if shared.is_dir() else None, tmp_path_factory.mktemp("files"))


@pytest.fixture
def people(browser: Browser, site: Site) -> Iterator[People]:
    everyone = People(browser=browser, url=site.url)
    yield everyone
    everyone.close()


@pytest.fixture(scope="session")
def carried() -> list[Affair]:
    """The affair that the first test of the session carried."""
    return []


@pytest.fixture
def affair(carried: list[Affair], people: People, site: Site, files: Files) -> Affair:
    """A whole affair carried by hand, once for all the tests."""
    if not carried:
        carried.append(by_hand.carry_to_the_archive(site, people, files))
    return carried[0]
