"""Every page of the site, each visited when it exists and by someone who has it."""

from __future__ import annotations

from functools import partial

from playwright.sync_api import expect

from tests.browser import after_the_agenda as after
from tests.browser import before_the_vote as before
from tests.browser import circuit_visits, letters_play
from tests.browser.audit import Audit
from tests.browser.before_the_vote import Files
from tests.browser.by_hand import Affair
from tests.browser.people import EMAILS, People, reload_until
from tests.browser.site import Site

SUBJECT = "Équipement des maisons du sport, second dossier"
PLACE = "Hôtel du Département, salle des archives"


def of_a_dossier_on_its_way(audit: Audit, people: People, files: Files) -> None:
    """A second dossier, looked at from page to page until its act waits for its signature."""
    sitting = _written(audit, people, files)
    clerk = people.page("clerk")
    audit.visit(clerk, f"{sitting}presence", "presence-avant-convocation")
    clerk.goto(sitting)
    before.convene_with_urgency(clerk)
    audit.look(clerk, "convocations")
    audit.visit(clerk, sitting, "seance-convoquee")
    _held(audit, people, sitting)


def _written(audit: Audit, people: People, files: Files) -> str:
    drafter = people.page("drafter")
    audit.visit(drafter, "/dossiers/nouveau", "ouvrir")
    dossier = before.open_the_dossier(drafter, SUBJECT)
    audit.look(drafter, "dossier-ouvert")
    around = ("dupliquer", "liens", "liens?q=aide", "deliberations/nouvelle", "rapport/modele", "deliberation/modele")
    for page in ("decrire", "retirer", "rapport/ecrire", "deliberation/", "annexes/", "versions/", *around):
        audit.visit(drafter, dossier + page, f"redaction-{page.strip('/').translate(str.maketrans('/?=', '---'))}")
    before.write_the_texts(drafter, dossier, files)
    audit.visit(drafter, f"{dossier}deliberation/ecrire", "redaction-deliberation-ecrire")
    before.attach_the_annex(drafter, dossier, files)
    audit.look(drafter, "redaction-annexes-joindre")
    for words, name in (("Remplacer", "remplacer"), ("Convention", "apercu")):
        drafter.goto(f"{dossier}annexes/joindre")
        drafter.locator(".annex-list").get_by_role("link", name=words).first.click()
        audit.look(drafter, f"redaction-annexes-{name}")
    audit.visit(drafter, f"{dossier}soumettre", "soumettre")
    before.submit_to_the_circuit(drafter, dossier)
    head = people.page("head_of_service")
    audit.visit(head, "/", "a-traiter-visa")
    for page in ("", "viser", "renvoyer"):
        audit.visit(head, dossier + page, f"visa-{page or 'dossier'}")
    circuit_visits.of_the_gestures(audit, people, dossier)
    at_the_cabinet = partial(circuit_visits.of_the_cabinet, audit, people, dossier)
    before.pass_the_circuit(people, SUBJECT, at_the_cabinet=at_the_cabinet)
    return _planned(audit, people)


def _planned(audit: Audit, people: People) -> str:
    clerk = people.page("clerk")
    audit.visit(clerk, "/", "a-traiter-assemblees")
    audit.visit(clerk, "/seances/nouvelle", "seance-nouvelle")
    sitting = before.plan_today(clerk, PLACE, hour="23:57")
    audit.look(clerk, "seance-planifiee")
    before.put_on_the_agenda(clerk, SUBJECT)
    audit.look(clerk, "seance-ordre-du-jour")
    return sitting


def _held(audit: Audit, people: People, sitting: str) -> None:
    clerk, member, president = people.page("clerk"), people.page("member"), people.page("president")
    audit.visit(member, "/mes-seances/", "mes-seances")
    member.get_by_role("link").filter(has_text=PLACE).click()
    audit.look(member, "livre")
    member.get_by_role("link", name=SUBJECT).click()
    audit.look(member, "livre-rapport")
    audit.visit(clerk, f"{sitting}presence", "presence")
    after.call_the_roll(clerk, sitting)
    audit.look(clerk, "presence-relevee")
    after.open_the_sitting(clerk, SUBJECT)
    audit.look(clerk, "console")
    after.cast_the_votes(clerk)
    audit.look(clerk, "console-releve")
    number = after.record_the_vote(clerk)
    audit.look(clerk, "console-vote")
    after.close_the_sitting(clerk)
    audit.look(clerk, "seance-close")
    audit.visit(president, "/a-signer/", "a-signer-vide")
    reload_until(president, number)
    audit.look(president, "a-signer")
    president.get_by_role("link", name=SUBJECT).click()
    audit.look(president, "a-signer-acte")
    signed = president.url.split("/a-signer/")[1]
    audit.visit(president, f"/a-signer/{signed}certificat-personnel", "a-signer-certificat")
    audit.visit(clerk, f"/actes/{signed}signataire", "signataire")
    audit.visit(clerk, f"/dossiers/{signed}controle/", "controle")
    audit.visit(clerk, f"/dossiers/{signed}numero/annuler", "annuler-le-numero")


def of_the_affair(audit: Audit, people: People, affair: Affair) -> None:
    """The affair in the archive, and what everyone still sees of it."""
    drafter, clerk, archivist = people.page("drafter"), people.page("clerk"), people.page("archivist")
    pages = ("", "deliberation/", "annexes/", "commentaires/", "versions/", "journal/", "parcours/")
    comments = ("?commenter", "?passage=0", "journal/?genre=visas")
    for page in (*pages, *comments, "versions/1/", "versions/1..2/", "versions/1..2/?tout=1"):
        audit.visit(drafter, affair.dossier + page, f"archive-{page.strip('/').replace('/', '-') or 'dossier'}")
    audit.visit(drafter, "/dossiers", "dossiers")
    audit.visit(drafter, "/dossiers?mots=introuvable", "dossiers-aucun")
    audit.visit(drafter, "/recherche?q=handibasket", "recherche")
    audit.visit(drafter, "/recherche", "recherche-vide")
    audit.visit(drafter, "/filtres", "filtres-aucun")
    audit.visit(clerk, "/tableau-de-bord", "tableau-de-bord")
    audit.visit(drafter, "/retours/", "retours")
    audit.visit(drafter, affair.dossier.replace("/dossiers/", "/retours/"), "envois")
    for page, name in (
        ("/seances/", "seances"),
        ("/actes/registre/", "registre"),
        ("/registres/", "registres"),
        ("/administration/numerotation", "administration-numerotation"),
        ("/transmissions/", "transmissions"),
        ("/transmissions/classification/", "classification"),
        ("/transmissions/messages/", "messages-de-la-prefecture"),
        ("/transmissions/heures/", "heures-d-envoi"),
    ):
        audit.visit(clerk, page, name)
    audit.visit(clerk, affair.dossier.replace("/dossiers/", "/transmissions/") + "annulation/", "annulation")
    clerk.goto("/registres/")
    clerk.locator("ul.rows").get_by_role("link").first.click()
    audit.look(clerk, "registre-annee")
    audit.visit(clerk, "/publier/", "a-publier")
    audit.visit(clerk, f"{affair.sitting}console/", "console-close")
    audit.visit(clerk, f"{affair.sitting}convocations", "convocations-passees")
    audit.visit(archivist, "/archives/", "archives")
    audit.visit(people.page("member"), affair.sitting, "seance-vue-d-un-elu")


def of_the_public_site(audit: Audit, people: People, site: Site, affair: Affair) -> None:
    """What needs no account: the acts, the partner's letter, the door."""
    citizen = people.page("citizen")
    audit.visit(citizen, "/connexion", "connexion")
    for page, name in (
        ("/actes/", "public-actes"),
        (affair.public, "public-acte"),
        ("/verifier/", "public-verifier"),
        ("/actes/seances/", "public-seances"),
    ):
        audit.visit(citizen, page, name)
    citizen.get_by_role("link", name="Commission permanente").first.click()
    audit.look(citizen, "public-deliberations")
    audit.visit(citizen, affair.notice, "partenaire-ouvert")
    audit.visit(citizen, "/actes/?q=introuvable", "public-aucun")
    _letter(audit, people, affair, site)


def _letter(audit: Audit, people: People, affair: Affair, site: Site) -> None:
    """A second letter, looked at before the partner opens it."""
    drafter, partner = people.page("drafter"), people.page("partner")
    address = "secretariat@sport-adapte.example"
    drafter.goto(affair.dossier.replace("/dossiers/", "/retours/"))
    after.notify_the_partner(drafter, "Comité de sport adapté", address)
    partner.goto(after.link_received(partner, site, address))
    audit.look(partner, "partenaire")


def of_the_letters(audit: Audit, people: People, site: Site, affair: Affair) -> None:
    """The préfecture writes about the act of the affair: the letter, the answer prepared, the answer to send."""
    drafter, clerk, prefecture = people.page("drafter"), people.page("clerk"), people.page("citizen")
    drafter.goto(affair.dossier.replace("/dossiers/", "/retours/"))
    unique_id = drafter.locator("dd.code").first.inner_text().strip()
    letters_play.write_a_letter(prefecture, site, unique_id, "4-1")
    letters_play.open_the_letter(drafter, "Lettre d’observations")
    audit.look(drafter, "courrier")
    audit.visit(drafter, affair.dossier, "dossier-avec-courrier")
    audit.visit(clerk, letters_play.TRAY, "courriers")
    letters_play.open_the_letter(drafter, "Lettre d’observations")
    letters_play.prepare_an_answer(drafter)
    audit.look(drafter, "courrier-reponse-prete")
    letters_play.open_the_letter(clerk, "Lettre d’observations")
    audit.look(clerk, "courrier-a-envoyer")


def of_the_house(audit: Audit, people: People) -> None:
    """Everyone's first page, what is defined, and the administration."""
    circuit_visits.of_the_definitions(audit, people)
    for role in EMAILS:
        audit.visit(people.page(role), "/", f"a-traiter-{role}")
    clerk = people.page("clerk")
    for page in (
        "types",
        "champs/nouveau",
        "champs/1",
        "modeles",
        "modeles/nouveau",
        "modeles/1",
        "modeles/1/versions/1",
        "modeles-des-actes",
        "modeles-des-actes/deliberation",
        "modeles-des-actes/summons",
    ):
        audit.visit(clerk, f"/administration/{page}", f"administration-{page.replace('/', '-')}")
    administrator = people.page("administrator")
    for page in ("", "personnes", "organisation", "circuits", "types", "modeles", "signatures", "signatures/preuves"):
        audit.visit(
            administrator, f"/administration/{page}", f"administration-{page.replace('/', '-') or 'installation'}"
        )
    administrator.goto("/administration/raccordements/transmission/")
    administrator.get_by_role("button", name="Tester").click()
    expect(administrator.locator("#resultat")).not_to_contain_text("Test en cours", timeout=30_000)
    audit.look(administrator, "raccordement-transmission")
    for page in ("", "certificats/", "signature/", "courriel/?echanges=difficulte", "antivirus/"):
        name = page.partition("/")[0]
        audit.visit(administrator, f"/administration/raccordements/{page}", f"raccordements-{name or 'liste'}")
