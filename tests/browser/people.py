"""People at their browsers: each signed in once, each with its own cookies."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from hemicycle.serving.run import PASSWORD

EMAILS = {
    "drafter": "camille.ferrandeau@ormelle.example",
    "head_of_service": "mathieu.garravel@ormelle.example",
    "director": "isabelle.carmonteil@ormelle.example",
    "deputy": "corinne.vauquelmont@ormelle.example",
    "finance": "beatrice.corvenel@ormelle.example",
    "legal": "aurelien.bosquillon@ormelle.example",
    "secretariat": "josiane.altenval@ormelle.example",
    "cabinet": "clemence.hervilly@ormelle.example",
    "chief_executive": "anne-sophie.lerdoval@ormelle.example",
    "clerk": "catherine.roussanges@ormelle.example",
    "president": "etienne.valmorin@ormelle.example",
    "member": "marc.dufrenoy@ormelle.example",
    "archivist": "genevieve.parmenteau@ormelle.example",
    "auditor": "fanny.delorcourt@ormelle.example",
    "administrator": "quentin.herbelot@ormelle.example",
}


@dataclass(kw_only=True)
class People:
    """The browsers of one affair; `options` go to every browser context (script off, dark…)."""

    browser: Browser
    url: str
    options: dict[str, Any] = field(default_factory=dict)
    _contexts: dict[str, BrowserContext] = field(default_factory=dict)
    _pages: dict[str, Page] = field(default_factory=dict)

    def page(self, role: str) -> Page:
        """The window of the holder of that role, signed in; of anyone at all, for « citizen »."""
        if role not in self._pages:
            context = self.browser.new_context(
                base_url=self.url, locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce", **self.options
            )
            context.set_default_timeout(20_000)
            self._contexts[role], self._pages[role] = context, context.new_page()
            if role in EMAILS:
                sign_in(self._pages[role], EMAILS[role])
        return self._pages[role]

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()


def sign_in(page: Page, email: str) -> None:
    page.goto("/connexion")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("attend")


def says(page: Page, words: str) -> None:
    """The words are there to be read: not in a closed panel."""
    expect(page.get_by_text(words).filter(visible=True).first).to_be_visible(timeout=20_000)


def reload_until(page: Page, words: str, *, seconds: float = 60) -> None:
    """Look again until the page says so: what couriers carry takes a few seconds."""
    deadline = time.monotonic() + seconds
    while page.get_by_text(words).count() == 0:
        assert time.monotonic() < deadline, f"« {words} » is not on {page.url} after {seconds:.0f} s"
        page.wait_for_timeout(500)
        page.reload()
