"""What becomes of an act at the préfecture's: a transmission cancelled by two people, an arrêté notified."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.arretes import ARRETES, lay_arretes
from tests.browser.audit import Audit
from tests.browser.people import People, reload_until, says
from tests.browser.site import Site


def test_a_transmission_is_cancelled_by_two_people_and_an_arrete_is_notified(people: People, site: Site) -> None:
    laid, audit = lay_arretes(site), Audit()
    clerk, drafter, dgs = people.page("clerk"), people.page("drafter"), people.page("chief_executive")
    received(clerk, laid["AR"])
    received(clerk, laid["AI"])

    audit.visit(drafter, f"/dossiers/{laid['AI']}/notification/", "notification")
    drafter.get_by_label("À qui").fill("Mme Lise Aubin")
    drafter.get_by_role("button", name="Enregistrer la notification").click()
    says(drafter, "La notification est enregistrée.")

    cancellation = f"/transmissions/{laid['AR']}/annulation/"
    clerk.goto(cancellation)
    clerk.get_by_label("Motif").fill("L’annexe cartographique n’est pas la bonne.")
    clerk.get_by_role("button", name="Demander l’annulation").click()
    says(clerk, "rien ne part avant qu’une autre personne la confirme")
    dgs.goto("/")
    dgs.get_by_role("region", name="Annulations de transmission").get_by_role("link", name=ARRETES["AR"]).click()
    audit.look(dgs, "annulation-a-decider")
    dgs.get_by_role("button", name="Confirmer l’annulation").click()
    says(dgs, "elle part à la préfecture")

    dgs.goto(cancellation)
    reload_until(dgs, "Ce qui est possible maintenant", seconds=180)
    audit.look(dgs, "annulee")
    expect(dgs.get_by_role("heading", level=1)).to_have_text(re.compile("est annulée$"))
    if audit.found:
        pytest.fail("\n".join(audit.found))


def received(page: Page, dossier: str) -> None:
    """Wait until the préfecture has acknowledged it."""
    page.goto(f"/dossiers/{dossier}/")
    reload_until(page, "La préfecture a reçu l’acte.", seconds=180)
