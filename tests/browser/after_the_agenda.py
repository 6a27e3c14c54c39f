"""By hand, from the summons to the archive."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from hemicycle.serving.run import PASSWORD
from tests.browser.before_the_vote import RULES
from tests.browser.people import reload_until, says
from tests.browser.site import Site

PARTNER = "Ormelle Handibasket"
PARTNER_EMAIL = "contact@ormelle-handibasket.example"


def read_as_member(page: Page, subject: str, place: str) -> None:
    """The elected member opens the book of the sitting: it dates the proof."""
    page.goto("/mes-seances/")
    page.get_by_role("link").filter(has_text=place).click()
    page.get_by_role("link", name=subject).click()
    expect(page.get_by_role("heading", name="Projet de délibération")).to_be_visible()
    says(page, RULES)


def call_the_roll(page: Page, sitting: str) -> None:
    """Everybody is there, save two; one of them has given a proxy."""
    page.goto(sitting)
    page.get_by_role("link", name="Convocations").click()
    says(page, "lectures datées")
    page.get_by_role("link", name="Présence et pouvoirs").click()
    page.get_by_role("button", name="Tous présents").click()
    says(page, "L’appel est enregistré.")
    names = page.locator("fieldset legend").all_inner_texts()
    first, second, holder = names[-1].strip(), names[-2].strip(), names[-3].strip()
    for name in (first, second):
        page.get_by_role("group", name=name).get_by_label("excusé").check()
    page.get_by_role("button", name="Enregistrer l’appel").click()
    says(page, "L’appel est enregistré.")
    page.get_by_label("Donne pouvoir").select_option(label=first)
    page.get_by_label("Reçoit le pouvoir").select_option(label=holder)
    page.get_by_role("button", name="Enregistrer le pouvoir").click()
    says(page, "Le pouvoir est enregistré.")
    says(page, "Le quorum est atteint.")


def hold_the_sitting(page: Page, subject: str) -> str:
    """Open, one group against, close. Returns the number of the act."""
    open_the_sitting(page, subject)
    cast_the_votes(page)
    number = record_the_vote(page)
    close_the_sitting(page)
    return number


def open_the_sitting(page: Page, subject: str) -> None:
    page.get_by_label("Préside la séance").select_option(index=1)
    page.get_by_label("Secrétaire de séance").select_option(index=2)
    page.get_by_role("button", name="Ouvrir la séance").click()
    says(page, "La séance est ouverte.")
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)


def cast_the_votes(page: Page) -> None:
    page.get_by_text("Relever les voix par groupe et par nom").click()
    page.get_by_role("group", name="Vote du groupe").last.get_by_label("contre").check()
    says(page, "Rien n’est encore enregistré.")
    expect(page.get_by_role("button", name="Adopté à l’unanimité")).to_be_hidden()


def record_the_vote(page: Page) -> str:
    """Returns the number of the act."""
    page.get_by_role("button", name="Clore le vote ainsi relevé").click()
    says(page, "adopté")
    return page.locator(".outcome").first.inner_text().rsplit("·", 1)[-1].strip()


def close_the_sitting(page: Page) -> None:
    page.get_by_role("button", name="Clore la séance").click()
    says(page, "La séance est close.")


def sign(page: Page, subject: str, number: str) -> None:
    """The president reads the act and signs it with the password."""
    page.goto("/a-signer/")
    reload_until(page, number)
    page.get_by_role("link", name=subject).click()
    says(page, RULES)
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Signer", exact=True).click()
    says(page, "L’acte est en cours de signature.")


def see_it_come_back(page: Page, dossier: str) -> None:
    """The couriers sign, transmit, fetch the acknowledgement; the direction is told on the dossier's page."""
    page.goto(dossier)
    reload_until(page, "L’acte est revenu à votre direction.", seconds=90)
    page.get_by_role("link", name="Voir l’acte et ses envois").click()
    expect(page.get_by_role("link", name="Accusé de réception")).to_be_visible()
    page.get_by_role("button", name="J’ai vu l’acte revenu").click()
    says(page, "Le retour de l’acte est noté.")


def notify_the_partner(page: Page, partner: str = PARTNER, email: str = PARTNER_EMAIL) -> None:
    page.get_by_label("Nom du partenaire").fill(partner)
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("notification : la lettre").check()
    page.get_by_role("button", name="Envoyer").click()
    says(page, f"L’envoi à {partner} est prêt")


def link_received(page: Page, site: Site, email: str) -> str:
    """The partner's personal link, in the letter that arrived."""
    page.goto(site.mail)
    reload_until(page, email)
    page.get_by_role("row").filter(has_text=email).get_by_role("link").first.click()
    return page.get_by_role("link", name=f"{site.url}/p/").get_attribute("href") or ""


@dataclass(frozen=True, kw_only=True)
class Received:
    """What the partner has in hand."""

    link: str
    act: bytes


def open_as_partner(page: Page, site: Site) -> Received:
    """The letter, its link, the gesture, the file."""
    page.goto(link_received(page, site, PARTNER_EMAIL))
    link = page.url
    says(page, "vous notifie la délibération")
    page.get_by_role("button", name="Ouvrir l’envoi").click()
    expect(page.get_by_role("heading", name="Les documents")).to_be_visible()
    act = page.request.get(page.get_by_role("link", name="Acte signé").get_attribute("href") or "").body()
    return Received(link=link, act=act)


def publish(page: Page, subject: str) -> None:
    page.goto("/publier/")
    page.get_by_role("row").filter(has_text=subject).get_by_role("checkbox").check()
    page.get_by_role("button", name="Mettre en ligne").click()
    says(page, "L’acte est en ligne.")


def read_as_citizen(page: Page, subject: str, number: str) -> str:
    """The public page. Returns its address."""
    page.goto("/actes/")
    page.get_by_role("link", name=subject).click()
    says(page, f"Délibération n° {number}")
    says(page, RULES)
    expect(page.get_by_role("heading", name="Publicité et recours")).to_be_visible()
    return page.url


def see_it_archived(page: Page, dossier: str) -> None:
    """The last page of the story: the whole journey is done."""
    page.goto(dossier)
    reload_until(page, "Le dossier est à l’étape « archivé »")
    stations = page.get_by_role("list", name="Parcours du dossier").get_by_role("listitem")
    undone = [words for words in stations.all_inner_texts() if "Fait" not in words]
    assert stations.count() == 14
    assert undone == []
