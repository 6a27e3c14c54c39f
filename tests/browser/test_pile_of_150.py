"""A sitting's acts in one gesture: the president signs 150, and the service sees the acknowledgements come in."""

from __future__ import annotations

import hashlib
import re
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from hemicycle.serving.run import PASSWORD
from tests.browser.people import People, says
from tests.browser.pile import lay_pile
from tests.browser.site import Site, opened

PILE = 150
#: Milliseconds that a loaded machine may take for the whole pile; a quiet one takes about a minute.
PATIENCE = 600_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Nobody else's acts: what is counted and timed here is this pile."""
    with opened(tmp_path_factory.mktemp("pile")) as running:
        yield running


def test_the_president_signs_150_acts_and_the_service_sees_the_acknowledgements_come_in(
    browser: Browser, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_pile(site, PILE)
    with closing(People(browser=browser, url=site.url)) as people:
        president, clerk = people.page("president"), people.page("clerk")
        clerk.goto("/transmissions/")
        clerk.evaluate("window.neverReloaded = true")

        digests = shown_what_is_signed(president)
        begun = time.monotonic()
        sign_all(president)
        seen = watched(clerk)
        acknowledged = time.monotonic() - begun

        expect(president.locator("#en-cours").get_by_role("status")).to_have_text(
            re.compile(rf"{PILE}\sactes signés sur {PILE}"), timeout=20_000
        )
        assert clerk.evaluate("window.neverReloaded") is True
    sent = httpx.get(f"http://127.0.0.1:{site.port + 1}/ministere/actes.json").json()["actes"]
    assert len(digests) == PILE
    assert len(seen) > 10
    assert len(sent) == PILE
    assert {one["count"] for one in sent} == {1}
    with capsys.disabled():
        each = f"{acknowledged / PILE:.2f} s an act"
        sys.stdout.write(f"\n{PILE} acts, from the gesture to the last acknowledgement: {acknowledged:.1f} s, {each}\n")


def shown_what_is_signed(page: Page) -> set[str]:
    """Every act of the pile with the digest of its bytes; one of them opened, read and its file checked."""
    page.goto("/a-signer/")
    digests = set(page.locator(".seal").all_inner_texts())
    first = page.get_by_role("link", name="Subvention n° 1 de la pile", exact=True)
    first.click()
    shown = page.locator(".seal").first.inner_text().split()[-1]
    file = page.request.get(f"{page.url}acte.pdf").body()
    assert shown in digests
    assert hashlib.sha256(file).hexdigest() == shown
    return digests


def sign_all(page: Page) -> None:
    page.goto("/a-signer/")
    page.get_by_role("link", name=f"Choisir les {PILE} actes").click()
    expect(page.get_by_text(f"{PILE} actes choisis")).to_be_visible()
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Signer les actes choisis").click()
    says(page, f"{PILE} actes sont en cours de signature.")


def watched(page: Page) -> list[str]:
    """What the page of the transmissions said, one after the other, until every act was acknowledged."""
    said: list[str] = []
    status = page.locator("#envois").get_by_role("status")
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline:
        words = re.sub(r"\s", " ", status.inner_text()) if status.count() else ""
        if words and (not said or said[-1] != words):
            said.append(words)
        if words.startswith(f"{PILE} accusés de réception reçus sur {PILE} actes"):
            return said
        page.wait_for_timeout(500)
    raise AssertionError(f"not all acknowledged: {said[-1:]}")
