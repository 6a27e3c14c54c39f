"""What the service des assemblées defines, and the rarer gestures of a visa: each page looked at in its state."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.audit import Audit
from tests.browser.people import EMAILS, People


def of_the_definitions(audit: Audit, people: People) -> None:
    clerk = people.page("clerk")
    audit.visit(clerk, "/administration/circuits", "circuits")
    audit.visit(clerk, "/administration/circuits/nouveau", "circuit-nouveau")
    clerk.get_by_role("button", name="Ajouter une étape").click()
    audit.look(clerk, "circuit-deux-etapes")
    clerk.goto("/administration/circuits")
    clerk.get_by_role("link", name="Modifier").first.click()
    audit.look(clerk, "circuit-modifier")
    _rules(audit, clerk)
    _desks(audit, clerk)
    audit.visit(clerk, "/absences/", "absences-du-service")
    audit.visit(people.page("legal"), "/absences/", "absences")
    audit.visit(people.page("legal"), "/mes-courriels/", "mes-courriels")
    audit.visit(people.page("cabinet"), "/cabinet/", "cabinet")


def _rules(audit: Audit, clerk: Page) -> None:
    audit.visit(clerk, "/administration/regles", "regles-aucune")
    audit.visit(clerk, "/administration/regles/nouvelle", "regle-nouvelle")
    clerk.get_by_label("Nom de la règle").fill("Finances au-delà de cinq millions")
    clerk.get_by_label("Visa requis de").select_option("role:finance")
    clerk.get_by_label("Motif").fill("car le montant dépasse 5 000 000 €")
    clerk.get_by_label("Montant supérieur à (euros)").fill("5 000 000")
    clerk.get_by_role("button", name="Enregistrer et essayer").click()
    audit.look(clerk, "regle-essai")
    clerk.get_by_role("link", name="Modifier la règle").click()
    audit.look(clerk, "regle-modifier")
    audit.visit(clerk, "/administration/regles", "regles")


def _desks(audit: Audit, clerk: Page) -> None:
    audit.visit(clerk, "/administration/guichets", "guichets-aucun")
    audit.visit(clerk, "/administration/guichets/nouveau", "guichet-nouveau")
    clerk.get_by_label("Nom du guichet").fill("Guichet agricole")
    clerk.get_by_label("Ceux qui y siègent").fill(EMAILS["legal"])
    clerk.get_by_role("button", name="Enregistrer le guichet").click()
    audit.look(clerk, "guichets")
    clerk.get_by_role("link", name="Guichet agricole").click()
    audit.look(clerk, "guichet-modifier")


def of_the_gestures(audit: Audit, people: People, dossier: str) -> None:
    """At the first step: an opinion asked and given; the text that may be corrected; what the president may do."""
    head, asked, president = people.page("head_of_service"), people.page("archivist"), people.page("president")
    for page in ("demander-un-avis", "corriger/rapport", "corriger/rapport?saisie=simple"):
        audit.visit(head, dossier + page, f"visa-{page.replace('/', '-').replace('?', '-')}")
    for page in ("", "passer", "urgence"):
        audit.visit(president, dossier + page, f"visa-president-{page or 'dossier'}")
    head.goto(f"{dossier}demander-un-avis")
    head.get_by_label("À qui").fill(EMAILS["archivist"])
    head.get_by_label("Votre question").fill("Ces pièces sont-elles à conserver ?")
    head.get_by_role("button", name="Demander l’avis").click()
    audit.look(head, "visa-avis-demande")
    audit.visit(asked, dossier, "avis-dossier")
    audit.visit(asked, f"{dossier}avis", "avis")
    asked.get_by_label("Votre avis").fill("Oui, à titre définitif.")
    asked.get_by_role("button", name="Donner cet avis").click()


def of_the_cabinet(audit: Audit, people: People, dossier: str) -> None:
    """At the Cabinet's step: its tray, the page where it holds, the batch."""
    cabinet = people.page("cabinet")
    audit.visit(cabinet, "/cabinet/", "cabinet-bac")
    audit.visit(cabinet, f"{dossier}retenir", "visa-retenir")
    audit.visit(cabinet, dossier, "visa-cabinet-dossier")
    cabinet.goto("/")
    cabinet.locator("input.pick").first.check()
    cabinet.get_by_role("button", name="Viser les dossiers choisis").click()
    audit.look(cabinet, "visas-choisis")
