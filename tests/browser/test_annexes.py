"""The annexes in a real browser: dropped by five, cut in the middle, taken up again, put in order by keyboard, read."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import before_the_vote as before
from tests.browser.audit import Audit
from tests.browser.people import People
from tests.browser.site import Site
from tests.chain.drafting.files import a_pdf

SUBJECT = "Travaux des maisons du sport, et leurs cinq annexes"
#: Files as a hand drops them: [name, base64], into the zone of the page.
DROP = """([zone, files]) => {
  const data = new DataTransfer();
  for (const [name, text] of files) {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    data.items.add(new File([bytes], name));
  }
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
#: Three parts: bytes after the end of a PDF change nothing.
LONG = a_pdf(3) + b"\n%" + b" " * (2 * 1024 * 1024)


@pytest.fixture(scope="module")
def people(browser: Browser, site: Site) -> Iterator[People]:
    everyone = People(browser=browser, url=site.url)
    yield everyone
    everyone.close()


@pytest.fixture
def dossier(people: People) -> str:
    """A dossier that has no annex yet: each test joins its own."""
    return before.open_the_dossier(people.page("drafter"), SUBJECT)


def drop(page: Page, files: list[tuple[str, bytes]]) -> None:
    told = [[name, base64.b64encode(data).decode()] for name, data in files]
    page.evaluate(DROP, [page.locator("[data-drop]").element_handle(), told])


def joined(page: Page, dossier: str, files: list[tuple[str, bytes]]) -> None:
    """The files join the dossier, which had none."""
    page.goto(f"{dossier}annexes/joindre")
    drop(page, files)
    page.get_by_role("button", name="Joindre", exact=True).click()
    expect(page.locator(".annex-list > li")).to_have_count(len(files), timeout=60_000)


def titles(page: Page) -> list[str]:
    return page.locator(".annex-list > li > span:nth-child(2) > a:first-child").all_inner_texts()


def test_five_files_dropped_go_up_and_one_cut_in_the_middle_is_taken_up_again(people: People, dossier: str) -> None:
    page = people.page("drafter")
    page.goto(f"{dossier}annexes/joindre")
    sent: list[int] = []

    def cut_once(route: Route) -> None:
        sent.append(int(route.request.url.rsplit("/", 1)[1]))
        if len(sent) == 2:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/parties/*", cut_once)
    drop(page, [("long.pdf", LONG), *((f"plan-{n}.pdf", a_pdf(n)) for n in range(1, 5))])
    expect(page.locator("[data-weight-words]")).to_contain_text("avec les fichiers choisis")
    page.get_by_role("button", name="Joindre", exact=True).click()

    expect(page.locator(".annex-list > li")).to_have_count(5, timeout=60_000)
    assert titles(page) == ["long", "plan-1", "plan-2", "plan-3", "plan-4"]
    assert sent == [0, 1, 1, 2, 0, 0, 0, 0]
    page.unroute("**/parties/*")


def test_a_tab_closed_in_the_middle_is_offered_to_go_on(people: People, dossier: str) -> None:
    page = people.page("drafter")
    page.goto(f"{dossier}annexes/joindre")
    sent: list[str] = []
    page.route("**/parties/2", lambda route: route.abort("connectionreset"))
    other = LONG + b" " * 10
    drop(page, [("suite.pdf", other)])
    page.get_by_role("button", name="Joindre", exact=True).click()
    expect(page.get_by_text("l’envoi reprendra où il s’est arrêté")).to_be_visible(timeout=30_000)
    page.unroute("**/parties/2")

    page.goto(f"{dossier}annexes/joindre")
    expect(page.get_by_role("heading", name="Envois interrompus")).to_be_visible()
    page.on("request", lambda request: sent.append(request.url) if "/parties/" in request.url else None)
    drop(page, [("suite.pdf", other)])
    page.get_by_role("button", name="Joindre", exact=True).click()

    expect(page.locator(".annex-list > li")).to_have_count(1, timeout=60_000)
    assert [url.rsplit("/", 1)[1] for url in sent] == ["2"]
    assert page.get_by_role("heading", name="Envois interrompus").count() == 0


def test_what_is_refused_is_said_and_the_others_join(people: People, dossier: str) -> None:
    page = people.page("drafter")
    page.goto(f"{dossier}annexes/joindre")
    drop(page, [("outil.exe", b"MZ.."), ("bon.pdf", a_pdf(5))])
    page.get_by_role("button", name="Joindre", exact=True).click()

    expect(page.locator(".uploads .refused")).to_contain_text("« outil.exe » n’est d’aucun type accepté")
    page.get_by_role("link", name="Voir la liste à jour").click()
    expect(page.locator(".annex-list > li")).to_have_count(1)


def test_the_order_and_the_settings_by_keyboard(people: People, dossier: str) -> None:
    page = people.page("drafter")
    joined(page, dossier, [("long.pdf", a_pdf(3)), ("plan-1.pdf", a_pdf(1))])
    page.get_by_role("button", name="Monter « plan-1 »").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".annex-list > li").first).to_contain_text("plan-1.pdf")
    assert titles(page)[:2] == ["plan-1", "long"]

    summary = page.locator("summary", has_text="de « plan-1 »")
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Titre", exact=True).first.fill("Plan de masse")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Les titres et les réglages des annexes sont enregistrés.")).to_be_visible()
    assert titles(page)[0] == "Plan de masse"


def test_every_page_is_read_in_the_browser_with_the_arrows(people: People, dossier: str) -> None:
    page, audit = people.page("drafter"), Audit()
    joined(page, dossier, [("long.pdf", a_pdf(3)), ("plan-1.pdf", a_pdf(1))])
    page.get_by_role("link", name="long", exact=True).click()

    shown = page.locator(".page-shown img")
    expect(shown).to_have_attribute("alt", "Page 1 de « long »".replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
    assert page.evaluate("async (image) => { await image.decode(); return image.naturalWidth }", shown.element_handle())
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/pages/2")
    audit.look(page, "apercu")
    page.goto(f"{dossier}annexes/joindre")
    audit.look(page, "annexes")

    assert not audit.found, "\n".join(audit.found)
