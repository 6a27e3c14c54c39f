"""By hand, from the blank dossier to the day of the sitting. Works without JavaScript too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
from playwright.sync_api import Page, expect

from tests.browser.people import People, says

PARIS = ZoneInfo("Europe/Paris")
CIRCUIT = "Circuit des subventions"
VISAS = ("head_of_service", "director", "finance", "legal", "secretariat", "cabinet")
RULES = "Vu le règlement départemental des aides au sport,"
MISSING = "Viser le règlement départemental des aides au sport."

REPORT = """# Le sport adapté en 2026

Le département soutient **deux associations** qui ouvrent la pratique du sport aux personnes en situation de handicap.

| Association | Montant |
| --- | ---: |
| Comité départemental de sport adapté | 25 000 € |
| Ormelle Handibasket | 20 000 € |
"""
DELIBERATION = """La commission permanente du conseil départemental,

Vu le code général des collectivités territoriales,

Considérant l’intérêt départemental du sport adapté,

après en avoir délibéré,

Article 1 – ATTRIBUE une subvention de 25 000 € au Comité départemental de sport adapté.

Article 2 – ATTRIBUE une subvention de 20 000 € à Ormelle Handibasket.
"""


@dataclass(frozen=True, kw_only=True)
class Files:
    """What the drafter has on the disk: the texts in Word when there is a corpus, and an annex."""

    annex: Path
    report: Path | None = None
    deliberation: Path | None = None


def files(shared: Path | None, folder: Path) -> Files:
    """A real affair of the corpus; without the shared folder, texts to type and an annex made here."""
    affair = shared / "corpus" / "affaires" / "13-01-sport-adapte" if shared else None
    if affair and affair.is_dir():
        annex = affair / "annexes" / "convention.pdf"
        return Files(annex=annex, report=affair / "rapport.docx", deliberation=affair / "deliberation.docx")
    annex = folder / "convention.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(annex)
    return Files(annex=annex)


def open_the_dossier(page: Page, subject: str) -> str:
    """The drafter opens a dossier. Returns its address."""
    page.goto("/")
    page.get_by_role("link", name="Ouvrir un dossier").click()
    page.get_by_label("Service").select_option(label="Service du sport et des loisirs")
    page.get_by_label("Objet").fill(subject)
    page.get_by_label("commission permanente").check()
    page.get_by_label("Matière").select_option("7.5")
    page.get_by_label("Montant en euros").fill("45 000,00")
    page.get_by_label("Rapporteur").select_option(index=2)
    page.get_by_label("Thème").fill("Sport")
    page.get_by_label("Séance visée").fill(dt.datetime.now(PARIS).date().isoformat())
    page.get_by_role("button", name="Ouvrir le dossier").click()
    says(page, "est ouvert. Écrivez maintenant son rapport.")
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)
    return page.url


def write_the_texts(page: Page, address: str, given: Files) -> None:
    for label, name, text, source in (
        ("Écrire le rapport", "le rapport", REPORT, given.report),
        ("Écrire la délibération", "le projet de délibération", DELIBERATION, given.deliberation),
    ):
        page.goto(address)
        page.get_by_role("link", name=label).first.click()
        if source is not None:
            page.locator("summary").filter(has_text="Importer un fichier").click()
            page.get_by_label("Fichier Word").set_input_files(source)
            page.get_by_role("button", name="Importer").click()
            says(page, f"est importé ; relisez {name} avant de le soumettre.")
        else:
            without_the_editor(page)
            page.get_by_label("Texte", exact=True).fill(text)
            page.get_by_role("button", name="Enregistrer").click()
            says(page, f"C’est enregistré : {name}.")


def without_the_editor(page: Page) -> None:
    """The light markup; without script it is there already."""
    page.wait_for_url("**/ecrire*")
    simple = page.get_by_role("link", name="Saisie simple, sans l’éditeur")
    if simple.is_visible():
        simple.click()
        page.wait_for_url("**saisie=simple*")


def attach_the_annex(page: Page, address: str, given: Files) -> None:
    page.goto(address)
    page.get_by_role("link", name="Annexes").click()
    page.get_by_role("link", name="Joindre, ordonner ou retirer").click()
    page.get_by_label("Fichiers").set_input_files(given.annex)
    page.get_by_label("Titre").fill("Convention")
    page.get_by_role("button", name="Joindre").click()
    says(page, "« convention.pdf » est joint.")
    expect(page.get_by_role("link", name="Convention", exact=True)).to_be_visible()


def submit_to_the_circuit(page: Page, address: str) -> None:
    page.goto(address)
    says(page, "Rien ne manque pour le soumettre.")
    page.get_by_role("link", name="Soumettre au circuit").click()
    page.get_by_label(CIRCUIT).check()
    page.get_by_role("button", name="Soumettre la version 1").click()
    says(page, "La version 1 est figée et soumise à son circuit.")
    says(page, "Rien n’est attendu de vous.")


def give_visa(page: Page, subject: str, *, version: int) -> None:
    """From the inbox, where the dossier waits, as anyone does."""
    page.goto("/")
    page.get_by_role("link", name=subject).first.click()
    says(page, "est attendu")
    page.get_by_role("button", name=f"Viser la version {version}").click()
    says(page, f"Votre visa est donné sur la version {version}")


def send_back(page: Page, subject: str) -> None:
    page.goto("/")
    page.get_by_role("link", name=subject).first.click()
    page.get_by_role("link", name="Demander une correction").click()
    page.get_by_label("Ce qui doit être repris").fill(MISSING)
    page.get_by_role("button", name="Renvoyer pour correction").click()
    says(page, "est renvoyé à Camille Ferrandeau, avec votre motif.")


def correct(page: Page, subject: str) -> None:
    """The drafter reads why, adds the missing « Vu », submits again."""
    page.goto("/")
    expect(page.get_by_role("heading", name="À corriger, puis à soumettre de nouveau")).to_be_visible()
    page.get_by_role("link", name=subject).first.click()
    says(page, MISSING)
    page.get_by_role("link", name="Écrire la délibération").click()
    without_the_editor(page)
    text = page.get_by_label("Texte", exact=True)
    written = text.input_value()
    head, vu, rest = written.partition("Vu ")
    text.fill(f"{head}{RULES}\n\n{vu}{rest}")
    page.get_by_role("button", name="Voir l’aperçu").click()
    says(page, "rien n’est encore enregistré")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Soumettre de nouveau").click()
    page.get_by_label("Ce que vous voulez dire aux viseurs").fill("Le règlement des aides est visé.")
    page.get_by_role("button", name="Soumettre la version 2").click()
    says(page, "La version 2 est figée et soumise à son circuit.")


def pass_the_circuit(people: People, subject: str, *, at_the_cabinet: Callable[[], None] | None = None) -> None:
    """Legal sends version 1 back; everyone gives a visa on version 2. `at_the_cabinet`: done before the last."""
    for role in VISAS[:3]:
        give_visa(people.page(role), subject, version=1)
    send_back(people.page("legal"), subject)
    correct(people.page("drafter"), subject)
    head = people.page("head_of_service")
    head.goto("/")
    head.get_by_role("link", name=subject).first.click()
    expect(head.get_by_role("heading", name="Ce qui a changé depuis votre dernier passage")).to_be_visible()
    expect(head.locator("ins").get_by_text(RULES).first).to_be_visible()
    for role in VISAS:
        if role == "cabinet" and at_the_cabinet is not None:
            at_the_cabinet()
        give_visa(people.page(role), subject, version=2)


def plan_today(page: Page, place: str, hour: str = "23:59") -> str:
    """The clerk plans a sitting of the standing committee for today. Returns its address."""
    page.goto("/seances/")
    page.get_by_role("link", name="Planifier une séance").click()
    page.get_by_label("commission permanente").check()
    page.get_by_label("Jour et heure").fill(f"{dt.datetime.now(PARIS):%Y-%m-%d}T{hour}")
    page.get_by_label("Lieu").fill(place)
    page.get_by_role("button", name="Planifier la séance").click()
    says(page, "La séance est planifiée.")
    return page.url


def put_on_the_agenda(page: Page, subject: str) -> None:
    page.get_by_role("row").filter(has_text=subject).get_by_role("checkbox").check()
    page.get_by_role("button", name="Inscrire à l’ordre du jour").click()
    says(page, "1 dossier inscrit à l’ordre du jour.")


def convene_with_urgency(page: Page) -> None:
    page.get_by_label("Motif de l’urgence").fill("La saison sportive est engagée ; les associations attendent.")
    page.get_by_role("button", name="Convoquer en urgence").click()
    says(page, "Les membres sont convoqués")
