"""The drafter's part: a dossier from a model, its texts, its annex, its submission; then what the chief asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser import word_clipboard
from tests.browser.before_the_vote import CIRCUIT, PARIS
from tests.browser.hands import Hand
from tests.browser.people import People, says

RULES = "le règlement départemental des aides au sport,"
WHEREAS = "la place que tient le sport adapté dans le département,"
ARTICLE = "Le versement prévu à l’article 1 est fait en une fois."
NEEDS = "Deux associations ouvrent la pratique du sport aux personnes en situation de handicap."
ACTION = "Des séances d’essai sont ouvertes chaque mois dans cinq cantons."
SHARES = "Le reste est payé par la Fédération et par les cotisations."
CORRECTED = " Elles comptent 640 licenciés."
ANSWER = "Fait : le nombre de licenciés est ajouté."


@dataclass(frozen=True, kw_only=True)
class Play:
    """Who plays, how, and about what."""

    hand: Hand
    people: People
    subject: str
    annex: Path

    def page(self, role: str) -> Page:
        return self.people.page(role)

    def open(self, page: Page, subject: str = "") -> None:
        """From the first page, as anyone finds a dossier."""
        page.goto("/")
        self.go(page, subject or self.subject)

    def go(self, page: Page, link: str) -> None:
        self.hand.go(page, page.get_by_role("link", name=link).first)

    def send(self, page: Page, button: str) -> None:
        self.hand.go(page, page.get_by_role("button", name=button).first)

    def unfold(self, page: Page, words: str) -> None:
        self.hand.press(page, page.locator("summary").filter(has_text=words).first)

    def write(self, page: Page, label: str, words: str) -> None:
        self.hand.write(page, page.get_by_label(label), words)


def write_and_submit(play: Play) -> str:
    """Returns the address of the dossier."""
    page = play.page("drafter")
    address = _open_from_models(play, page)
    _report(play, page)
    _deliberation(play, page, address)
    _annex(play, page)
    _submit(play, page, version=1)
    return address


def _open_from_models(play: Play, page: Page) -> str:
    page.goto("/")
    play.go(page, "Ouvrir un dossier")
    play.hand.tick(page, page.get_by_role("radio", name="Subvention"))
    expect(page.get_by_label("Bénéficiaire")).to_be_visible()
    play.hand.choose(page, page.get_by_label("Service"), "Service du sport et des loisirs")
    play.write(page, "Objet", play.subject)
    play.write(page, "Montant en euros", "45 000,00")
    play.hand.choose(page, page.get_by_label("Matière"), "7.5 Subventions")
    play.write(page, "Bénéficiaire", "Ormelle Handibasket")
    play.write(page, "Coût total de l’opération", "60 000")
    play.hand.date(page, page.get_by_label("Séance visée"), dt.datetime.now(PARIS).date() + dt.timedelta(days=30))
    play.hand.choose(page, page.get_by_label("Rapporteur"), "M. Marc Dufrénoy")
    play.send(page, "Ouvrir le dossier")
    expect(page.get_by_role("heading", level=1)).to_have_text(play.subject)
    return page.url.split("#")[0]


def _report(play: Play, page: Page) -> None:
    """The model's text is there; a table copied from Word joins its second part."""
    play.go(page, "Écrire le rapport")
    _ready(page)
    said = _text(page)
    _complete(play, page, said.get_by_text("décrire l’action aidée"), ACTION)
    _complete(play, page, said.get_by_text("autres financeurs"), SHARES)
    _complete(play, page, said.get_by_text("présenter en quelques lignes"), NEEDS)
    page.keyboard.press("Enter")
    word_clipboard.copy_a_table(play.people.browser)
    page.bring_to_front()
    page.keyboard.press("Control+v")
    pasted = _text(page).get_by_role("row").filter(has_text="Ormelle Handibasket")
    expect(pasted.get_by_role("cell")).to_have_text(["Ormelle Handibasket", "20\u00a0000\u00a0€"])
    _saved(page)


def _complete(play: Play, page: Page, asked: Locator, words: str) -> None:
    """The author's words in the place of what the model asks for: left there, they would stop the submission."""
    length = len(asked.inner_text())
    play.hand.enter(page, asked)
    for _ in range(length):
        page.keyboard.press("Backspace")
    page.keyboard.type(words)


def _deliberation(play: Play, page: Page, address: str) -> None:
    page.goto(address)
    play.go(page, "Écrire la délibération")
    _ready(page)
    text = _text(page)
    play.hand.enter(page, text.get_by_text("Vu le règlement budgétaire"))
    _insert(play, page, "Insérer un visa", RULES)
    play.hand.enter(page, text.get_by_text("Considérant l’intérêt"))
    _insert(play, page, "Insérer un considérant", WHEREAS)
    play.hand.enter(page, text.get_by_text("Article 1"))
    _insert(play, page, "Insérer un article", ARTICLE)
    expect(text.get_by_text(f"Article 2 – {ARTICLE}")).to_be_visible()
    expect(text.get_by_text("Article 5 – La dépense")).to_be_visible()
    _saved(page)


def _insert(play: Play, page: Page, tool: str, words: str) -> None:
    play.hand.tool(page, page.get_by_role("toolbar").get_by_role("button", name=tool, exact=True))
    expect(_text(page)).to_be_focused()
    page.keyboard.type(words)


def _annex(play: Play, page: Page) -> None:
    play.open(page)
    play.go(page, "Annexes")
    play.go(page, "Joindre, ordonner ou retirer")
    play.hand.attach(page, page.get_by_label("Fichiers"), play.annex)
    play.send(page, "Joindre")
    expect(page.get_by_role("link", name="convention").first).to_be_visible()


def _submit(play: Play, page: Page, *, version: int) -> None:
    play.open(page)
    play.go(page, "Soumettre de nouveau" if version > 1 else "Soumettre au circuit")
    if version == 1:
        play.hand.tick(page, page.get_by_role("radio", name=CIRCUIT))
    play.write(page, "Ce que vous voulez dire aux viseurs", "Le texte est relu.")
    play.send(page, f"Soumettre la version {version}")
    says(page, f"La version {version} est figée et soumise à son circuit.")


def answer_and_correct(play: Play, *, first: str, second: str) -> None:
    """The drafter reads why, answers one comment, corrects, marks both handled, submits again."""
    page = play.page("drafter")
    play.open(page)
    says(page, "Compléter la présentation.")
    play.go(page, "Commentaires")
    for said in (first, second):
        says(page, said)
    thread = page.get_by_role("listitem").filter(has_text=first).last
    play.hand.press(page, thread.locator("summary"))
    play.hand.write(page, thread.get_by_label("Votre réponse"), ANSWER)
    play.hand.go(page, thread.get_by_role("button", name="Répondre"))
    says(page, ANSWER)
    play.open(page)
    play.go(page, "Écrire le rapport")
    _ready(page)
    play.hand.enter(page, _text(page).get_by_text(NEEDS))
    page.keyboard.type(CORRECTED)
    _saved(page)
    for _ in (first, second):
        play.open(page)
        play.go(page, "Commentaires")
        play.send(page, "Marquer traité")
    says(page, "2 commentaires traités")
    _submit(play, page, version=2)


def submit_another_like_it(play: Play, address: str, subject: str) -> None:
    """A second dossier opened from the first, with its texts, for those who give several visas at once."""
    page = play.page("drafter")
    play.open(page)
    play.go(page, "Ouvrir un dossier à partir de celui-ci")
    play.write(page, "Objet du nouveau dossier", subject)
    play.send(page, "Ouvrir le nouveau dossier")
    play.write(page, "Bénéficiaire", "Comité de sport adapté")
    play.send(page, "Enregistrer")
    _submit_other(play, page, subject)


def _submit_other(play: Play, page: Page, subject: str) -> None:
    play.open(page, subject)
    play.go(page, "Soumettre au circuit")
    play.hand.tick(page, page.get_by_role("radio", name=CIRCUIT))
    play.send(page, "Soumettre la version 1")
    says(page, "La version 1 est figée et soumise à son circuit.")


def _text(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Texte", exact=True)


def _ready(page: Page) -> None:
    expect(page.locator("[data-editor-state]")).to_contain_text("Vous écrivez ce texte")


def _saved(page: Page) -> None:
    """By itself, within the three seconds of the editor, and a loaded machine's more."""
    expect(page.locator("[data-editor-doing]")).to_be_empty(timeout=20_000)
    expect(page.locator("[data-editor-state]")).to_contain_text("Enregistré à", timeout=20_000)
