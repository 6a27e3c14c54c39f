"""A letter of observations comes in live, is told to the direction, and is answered in time with an annex."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import letters_play as play
from tests.browser.people import People, reload_until, says
from tests.browser.pile import lay_pile
from tests.browser.site import Site

PICTURES = os.environ.get("HEMICYCLE_PICTURES", "")


def picture(page: Page, name: str) -> None:
    """Both widths, where somebody asks for them."""
    if not PICTURES:
        return
    for width, height in ((1440, 1000), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)


def test_a_letter_of_observations_is_answered_in_time(people: People, site: Site) -> None:
    lay_pile(site, 1)
    prefecture, drafter, clerk = people.page("citizen"), people.page("drafter"), people.page("clerk")
    play.choose(prefecture, site, "letter-4-1")

    # The act leaves, the préfecture acknowledges it, then writes.
    play.sign(people.page("president"), "Subvention n° 1 de la pile")
    drafter.goto("/")
    reload_until(drafter, "Courriers de la préfecture", seconds=180)
    picture(drafter, "lettre-a-traiter")
    play.choose(prefecture, site, "normal")
    play.open_the_letter(drafter, "Lettre d’observations")
    says(drafter, "La délibération ne vise pas le budget")
    says(drafter, "Le délai du déféré est arrêté")
    picture(drafter, "lettre-recue")
    prefecture.goto(site.mail)
    reload_until(prefecture, "courrier de la préfecture", seconds=240)

    # The direction prepares, the service des assemblées sends.
    play.prepare_an_answer(drafter)
    picture(drafter, "lettre-reponse-prete")
    play.open_the_letter(clerk, "Lettre d’observations")
    picture(clerk, "lettre-a-envoyer")
    clerk.get_by_role("button", name="Envoyer la réponse").click()
    says(clerk, "La réponse part par le tiers de télétransmission")

    # Answered once it has left, acknowledged by the préfecture, seen at its desk.
    reload_until(clerk, "Répondu dans le délai", seconds=120)
    reload_until(clerk, "accusé de réception", seconds=120)
    says(clerk, "reçue en préfecture le")
    picture(clerk, "lettre-repondue")
    clerk.goto(play.TRAY)
    picture(clerk, "lettre-plateau")
    expect(clerk.get_by_role("heading", name="Traités")).to_be_visible()
    prefecture.goto(play.desk(site))
    says(prefecture, "Réponse à une lettre d’observations, de la collectivité")
    drafter.goto("/")
    expect(drafter.get_by_text("Courriers de la préfecture")).to_have_count(0)
