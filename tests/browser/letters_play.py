"""A letter of the préfecture, from its own desk to the answer that it has received."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page, expect

from hemicycle.serving.run import PASSWORD, PORTS
from tests.browser.people import reload_until, says
from tests.browser.site import Site
from tests.protocols.actes.made import a_pdf

MOTIVE = "La délibération ne vise pas le budget de l’exercice."
ANSWER = "Le budget de l’exercice est visé à l’article 2.\n\nVous en trouverez un extrait ci-joint."
TRAY = "/transmissions/courriers/"


def desk(site: Site) -> str:
    """The page of whoever plays the préfecture."""
    return f"http://127.0.0.1:{site.port + PORTS['prefecture']}/"


def choose(page: Page, site: Site, scenario: str) -> None:
    """On the simulator's page, for all the acts to come."""
    page.goto(desk(site))
    page.get_by_label("Ce qui arrive").select_option(scenario)
    page.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_role("heading", name="Scénario", exact=True)).to_be_visible()


def write_a_letter(page: Page, site: Site, unique_id: str, kind: str) -> None:
    """On the simulator's page, about an act that it has received."""
    page.goto(desk(site))
    row = page.get_by_role("row").filter(has_text=unique_id).filter(has_text="Courrier…").first
    row.get_by_text("Courrier…").click()
    row.get_by_label("Courrier", exact=True).select_option(kind)
    row.get_by_role("button", name="Envoyer").click()


def sign(page: Page, subject: str) -> str:
    """The president signs the act. Returns its number."""
    page.goto("/a-signer/")
    page.get_by_role("link", name=subject).first.click()
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Signer", exact=True).click()
    says(page, "L’acte est en cours de signature.")
    return page.url


def open_the_letter(page: Page, name: str) -> None:
    """From one's own list of what waits."""
    page.goto("/")
    reload_until(page, "Courriers de la préfecture", seconds=120)
    page.locator("main").get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def prepare_an_answer(page: Page) -> None:
    page.get_by_label("Répondre aux observations").check()
    page.get_by_label("Texte de la réponse").fill(ANSWER)
    annex: FilePayload = {
        "name": "extrait-du-budget.pdf",
        "mimeType": "application/pdf",
        "buffer": a_pdf("Extrait du budget"),
    }
    page.get_by_label("Lettre ou pièces à joindre").set_input_files(annex)
    page.get_by_role("button", name="Préparer la réponse").click()
    says(page, "La réponse est prête")
