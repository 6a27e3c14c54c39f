"""The chiefs' part: comments, a refusal, the comparison, visas of every kind, until the dossier waits for an agenda."""

from __future__ import annotations

import datetime as dt

from playwright.sync_api import Page, expect

from tests.browser.before_the_vote import PARIS
from tests.browser.people import says
from tests.browser.writing_play import CORRECTED, Play

FIRST, SECOND = "Combien de licenciés ?", "Rappeler la date du premier versement."
ABSENT, DELEGATE = "Isabelle Carmonteil", "Corinne Vauquelmont"
ORDER = "Arrêté 2026-118 du 2 novembre"
QUESTION, OPINION = "Les pièces comptables sont-elles à garder dix ans ?", "Oui, dix ans, puis tri."
RESERVE = "Sous réserve du vote de la décision modificative."


def give_a_delegation(play: Play) -> None:
    """The service des assemblées records who gives visas for the director, from today."""
    page, today = play.page("clerk"), dt.datetime.now(PARIS).date()
    page.goto("/")
    play.go(page, "Absences")
    play.write(page, "Délégant", ABSENT)
    play.write(page, "Délégataire", DELEGATE)
    play.write(page, "Arrêté", ORDER)
    play.hand.date(page, page.get_by_label("À partir du"), today)
    play.hand.date(page, page.get_by_label("Jusqu’au"), today + dt.timedelta(days=5))
    play.send(page, "Enregistrer la délégation")
    says(page, f"{DELEGATE} peut viser pour {ABSENT}")


def end_the_delegation(play: Play) -> None:
    page = play.page("clerk")
    page.goto("/")
    play.go(page, "Absences")
    play.send(page, f"Mettre fin à la délégation par laquelle {DELEGATE} vise pour {ABSENT}")
    says(page, f"{DELEGATE} n’agit plus pour {ABSENT}.")


def refuse_with_comments(play: Play) -> None:
    """Two paragraphs commented, then the dossier sent back with a reason."""
    page = play.page("head_of_service")
    play.open(page)
    for words, begin in ((FIRST, "Deux associations"), (SECOND, "La subvention est versée")):
        play.go(page, "Commenter un passage")
        passage = page.locator(".passage").filter(has_text=begin)
        play.hand.go(page, passage.get_by_role("link", name="Commenter"))
        play.write(page, "Votre commentaire", words)
        play.send(page, "Commenter")
    play.open(page)
    play.go(page, "Demander une correction")
    play.write(page, "Ce qui doit être repris", "Compléter la présentation.")
    play.send(page, "Renvoyer pour correction")
    says(page, "est renvoyé à Camille Ferrandeau, avec votre motif.")


def read_what_changed_then_give_both(play: Play, other: str) -> None:
    """The chief reads the comparison, reads the other dossier, and gives both visas at once."""
    page = play.page("head_of_service")
    play.open(page)
    expect(page.get_by_role("heading", name="Ce qui a changé depuis votre dernier passage")).to_be_visible()
    expect(page.locator("ins").filter(has_text=CORRECTED.strip())).to_be_visible()
    play.open(page, other)
    page.goto("/")
    for subject in (play.subject, other):
        line = page.get_by_role("row").filter(has=page.get_by_role("link", name=subject, exact=True))
        play.hand.tick(page, line.get_by_role("checkbox"))
    says(page, "2 dossiers choisis")
    play.send(page, "Viser les dossiers choisis")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    play.send(page, "Viser les dossiers cochés")
    says(page, "2 dossiers sont visés.")


def give_in_the_name_of_the_absent(play: Play) -> None:
    page = play.page("deputy")
    play.open(page)
    says(page, f"d’{ABSENT} est attendu")
    _give(play, page)


def ask_then_give_with_a_reservation(play: Play) -> None:
    """The finances ask the archivist, who answers; the dossier comes back to them."""
    page, asked = play.page("finance"), play.page("archivist")
    play.open(page)
    play.unfold(page, "Autres gestes")
    play.go(page, "Demander un avis")
    play.write(page, "À qui", "Geneviève Parmenteau")
    play.write(page, "Votre question", QUESTION)
    play.send(page, "Demander l’avis")
    play.open(asked)
    says(asked, QUESTION)
    play.go(asked, "Donner mon avis")
    play.write(asked, "Votre avis", OPINION)
    play.send(asked, "Donner cet avis")
    play.open(page)
    says(page, "est attendu")
    play.unfold(page, "Autres gestes")
    play.go(page, "Viser avec une remarque ou une réserve")
    play.write(page, "Remarque ou réserve", RESERVE)
    play.hand.tick(page, page.get_by_label("Viser avec réserve"))
    _give(play, page, "avec réserve ")


def give_the_last_visas(play: Play) -> None:
    for role in ("legal", "secretariat", "cabinet"):
        page = play.page(role)
        play.open(page)
        _give(play, page)


def _give(play: Play, page: Page, how: str = "") -> None:
    play.send(page, "Viser la version 2")
    says(page, f"Votre visa est donné {how}sur la version 2")


def read_that_it_is_ready(play: Play) -> None:
    """In one click from the list: each station done, each required visa given; the service des assemblées has it."""
    page = play.page("clerk")
    page.goto("/")
    expect(
        page.get_by_role("region", name="Prêts pour une séance").get_by_role("link", name=play.subject)
    ).to_be_visible()
    play.go(page, play.subject)
    line = page.get_by_role("region", name="Parcours")
    for station in ("Chef de service", "Directeur", "Finances", "Juridique", "Secrétariat général", "Cabinet"):
        expect(line.get_by_role("listitem").filter(has_text=station).first).to_contain_text("Fait")
    visas = page.locator(".visas")
    for words in (f"en l’absence d’{ABSENT}", RESERVE):
        expect(visas).to_contain_text(words)
    expect(visas.locator("li")).to_have_count(7)
    expect(visas.locator("li.done")).to_have_count(7)
