"""The signatory's tray: a pile signed in one gesture, on a phone as on a desk, while couriers sign."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from hemicycle.serving.run import PASSWORD
from tests.browser.people import People, says
from tests.browser.pile import lay_pile
from tests.browser.site import Site

PILE = 12


def test_the_president_signs_a_pile_in_one_gesture(people: People, site: Site) -> None:
    lay_pile(site, PILE)
    page = people.page("president")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/a-signer/")

    page.get_by_role("link", name=re.compile(r"Choisir les \d+ actes")).click()
    rows = page.get_by_role("row").filter(has=page.get_by_role("checkbox", checked=True))
    count = rows.count()
    digests = [row.locator(".seal").inner_text() for row in rows.all()]
    no_wider_than_the_screen(page)
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Signer les actes choisis").click()

    assert count >= PILE
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in digests)
    says(page, f"{count} actes sont en cours de signature.")
    # The page follows the couriers by itself.
    done = re.compile(rf"{count}\sactes signés sur {count}")
    expect(page.locator("#en-cours").get_by_role("status")).to_have_text(done, timeout=180_000)
    no_wider_than_the_screen(page)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aucun acte n’attend votre signature")


def no_wider_than_the_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
