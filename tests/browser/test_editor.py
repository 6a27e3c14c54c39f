"""The editor in a real browser: typed, pasted, saved by itself, taken over, kept through a broken connection."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.audit import Audit
from tests.browser.people import People, sign_in
from tests.browser.site import Site
from tests.chain.drafting.test_keep_image import a_png

SUBJECT = "Soutien aux clubs de sport adapté, texte écrit dans l’éditeur"
CLERK = "clerk"
#: As Word writes a table to the clipboard.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<p class=MsoNormal><b>R&eacute;partition</b><o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td colspan=2 style='background:#ccc'>
<p class=MsoNormal><b>Aide par club</b></p></td></tr><tr><td><p class=MsoNormal>Cl&eacute;rande</p></td>
<td><p class=MsoNormal align=right style='text-align:right'>12&nbsp;000 &euro;</p></td></tr></table>
<p class=MsoNormal style='mso-list:l0 level1 lfo1'>&middot;&nbsp;premier point</p><!--EndFragment--></body></html>"""
PASTE = """([node, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html); data.setData("text/plain", "sans mise en forme");
  node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def people(browser: Browser, site: Site) -> Iterator[People]:
    """The same windows from one test to the next: a window closed abruptly keeps its lease for two minutes."""
    everyone = People(browser=browser, url=site.url)
    yield everyone
    everyone.close()


@pytest.fixture(scope="module")
def dossier(people: People, site: Site) -> str:
    """The address of a dossier whose two texts are empty."""
    page = people.page("drafter")
    page.goto("/dossiers/nouveau")
    page.get_by_label("Objet").fill(SUBJECT)
    page.get_by_label("Matière").select_option(value="7.5")
    page.locator("main").get_by_role("button", name="Ouvrir le dossier").click()
    page.wait_for_url("**/dossiers/*-*/**")
    return page.url.split("#")[0].removeprefix(site.url)


def opened(page: Page, dossier: str, text: str = "rapport") -> Locator:
    """The text, ready to be written; taken back from a tab closed so fast that it kept its lease."""
    page.goto(f"{dossier}{text}/ecrire")
    expect(state(page)).not_to_contain_text("Ouverture")
    elsewhere = page.get_by_role("button", name="Écrire ici")
    if elsewhere.is_visible():
        elsewhere.click()
    expect(state(page)).to_contain_text("Vous écrivez ce texte")
    return page.get_by_role("textbox", name="Texte", exact=True)


def emptied(page: Page, text: Locator) -> None:
    text.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def state(page: Page) -> Locator:
    return page.locator("[data-editor-state]")


def saved(page: Page) -> None:
    """Within the three seconds of the autosave, and a little more."""
    expect(page.locator("[data-editor-doing]")).to_be_empty(timeout=15_000)
    expect(state(page)).to_contain_text("Enregistré à")


def tool(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def test_what_is_typed_is_saved_by_itself_with_french_typography(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier)
    emptied(page, text)

    page.keyboard.type('Le club demande "une aide" : l\'accord est-il possible?')
    saved(page)
    page.reload()

    expect(text).to_have_text("Le club demande «\u00a0une aide\u00a0»\u00a0: l’accord est-il possible\u202f?")


def test_backspace_undoes_the_typography(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier)
    emptied(page, text)

    page.keyboard.type("l'")
    page.keyboard.press("Backspace")

    expect(text).to_have_text("l'")


def test_a_table_is_written_with_the_keyboard_alone(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier)
    emptied(page, text)

    page.keyboard.press("Control+Alt+t")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Enter")
    expect(text.get_by_role("columnheader")).to_have_count(3)
    for word in ("Club", "Montant", "Échéance", "Clérande", "12 000 €", "mai", "Total", "12 000 €"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("toolbar").locator(":focus")).to_be_visible()
    tool(page, "Dernière ligne en total").focus()
    page.keyboard.press("Enter")
    saved(page)
    page.reload()

    expect(text.get_by_role("columnheader")).to_have_text(["Club", "Montant", "Échéance"])
    expect(text.locator("tr").last.locator("strong")).to_have_text(["Total", "12\u00a0000\u00a0€"], use_inner_text=True)


def test_escape_then_tab_leaves_even_a_table(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier)
    emptied(page, text)
    page.evaluate(PASTE, [text.element_handle(), WORD])
    saved(page)

    page.get_by_role("cell", name="Clérande").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")

    assert not page.evaluate("document.activeElement.matches('.ProseMirror')")


def test_a_table_pasted_from_word_keeps_its_structure(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier)
    emptied(page, text)

    page.evaluate(PASTE, [text.element_handle(), WORD])

    expect(text.locator("strong").first).to_have_text("Répartition")
    expect(text.locator("[colspan='2']")).to_have_text("Aide par club")
    expect(text.locator("td.align-right")).to_have_text("12\u00a0000\u00a0€")
    expect(text.locator("ul li")).to_have_text("premier point")
    saved(page)


def test_a_clipboard_that_is_too_big_is_refused_and_nothing_is_lost(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier)
    before = text.inner_text()

    page.evaluate(PASTE, [text.element_handle(), f"<p>{'a' * 5_000_001}</p>"])

    expect(page.get_by_role("alert").filter(has_text="5 millions de caractères")).to_be_visible()
    assert text.inner_text() == before


def test_a_deliberation_numbers_itself_and_its_references_follow(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier, "deliberation")
    emptied(page, text)
    page.keyboard.type("Le conseil départemental,")
    tool(page, "Insérer un visa").click()
    page.keyboard.type("le code du sport, notamment son article L. 113-2,")
    tool(page, "Insérer la formule et le verbe").click()
    page.keyboard.type("Une subvention est attribuée.")
    tool(page, "Insérer un article").click()
    page.keyboard.type("Le versement suit l'article 1.")

    text.get_by_text("L. 113-2").click()
    tool(page, "Insérer un considérant").click()
    page.keyboard.type("l'intérêt du projet,")
    text.get_by_text("Après en avoir délibéré").click()
    page.locator(".outline").get_by_role("button", name="DÉCIDE").click()
    tool(page, "Insérer un article").click()
    page.keyboard.type("Le projet est approuvé.")
    saved(page)
    page.reload()

    expect(text.locator("p")).to_have_text([
        "Le conseil départemental,",
        "Vu le code du sport, notamment son article L. 113-2,",
        "Considérant l’intérêt du projet,",
        "Après en avoir délibéré,",
        "DÉCIDE",
        "Article 1 – Le projet est approuvé.",
        "Article 2 – Une subvention est attribuée.",
        "Article 3 – Le versement suit l’article 2.",
    ])  # fmt: skip
    expect(page.locator("[data-editor-advice-block]")).to_be_hidden()


def test_a_note_and_an_image_with_its_words(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier)
    emptied(page, text)
    page.keyboard.type("Le budget du club")

    page.keyboard.press("Control+Alt+f")
    expect(page.get_by_role("textbox", name="Texte de la note")).to_be_focused()
    page.keyboard.type("Exercice 2025.")
    page.get_by_role("dialog").get_by_role("button", name="Insérer").click()
    page.keyboard.type(" est équilibré.")
    tool(page, "Image").click()
    image = {"name": "plan.png", "mimeType": "image/png", "buffer": a_png(40, 20)}
    page.get_by_label("Image PNG ou JPEG").set_input_files(files=[image])  # type: ignore[list-item]
    page.get_by_label("Texte de remplacement").fill("Plan du gymnase de Clérande")
    page.get_by_role("dialog").get_by_role("button", name="Insérer").click()
    # Sent first, then shown: what was saved before does not hold it.
    expect(text.get_by_role("img", name="Plan du gymnase de Clérande")).to_be_visible(timeout=15_000)
    saved(page)
    page.reload()

    expect(page.locator("[data-editor-notes] li")).to_have_text(["Exercice 2025."])
    shown = text.get_by_role("img", name="Plan du gymnase de Clérande")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") == 40


def test_another_person_reads_then_takes_over_and_both_texts_are_kept(people: People, dossier: str) -> None:
    drafter, clerk = people.page("drafter"), people.page(CLERK)
    hers = opened(drafter, dossier)
    emptied(drafter, hers)
    drafter.keyboard.type("Ce que Camille a enregistré.")
    saved(drafter)
    clerk.goto(f"{dossier}rapport/ecrire")
    expect(clerk.get_by_role("heading", name="Camille Ferrandeau écrit ce texte")).to_be_visible()
    theirs = clerk.get_by_role("textbox", name="Texte", exact=True)
    expect(theirs).to_have_attribute("contenteditable", "false")
    drafter.keyboard.type(" Et ceci, pas encore.")

    clerk.get_by_role("button", name="Prendre la main").click()
    clerk.get_by_role("dialog").get_by_role("button", name="Prendre la main").click()
    expect(state(clerk)).to_contain_text("Vous écrivez ce texte")

    expect(drafter.get_by_role("heading", name="Catherine Roussanges écrit ce texte")).to_be_visible(timeout=15_000)
    expect(drafter.locator("[data-editor-panel]")).to_contain_text("gardé sur ce poste")
    clerk.keyboard.press("Control+End")
    clerk.keyboard.type(" Ajout du service des assemblées.")
    saved(clerk)
    drafter.get_by_role("button", name="Prendre la main").click()
    drafter.get_by_role("dialog").get_by_role("button", name="Prendre la main").click()
    expect(drafter.locator("[data-editor-panel] ins")).to_contain_text("Et ceci, pas encore")
    drafter.get_by_role("button", name="Reprendre ce texte").click()
    saved(drafter)
    expect(hers).to_have_text("Ce que Camille a enregistré. Et ceci, pas encore.")


def test_a_second_tab_reads_only_its_tools_within_reach_until_one_writes_there(people: People, dossier: str) -> None:
    first = people.page("drafter")
    opened(first, dossier)
    second = first.context.new_page()

    second.goto(f"{dossier}rapport/ecrire")
    expect(second.get_by_role("heading", name="Ce texte s’écrit dans un autre onglet")).to_be_visible()
    for row in second.locator(".editor-row:visible").all():
        expect(row.locator('.tool[tabindex="0"]:enabled')).to_have_count(1)
    second.get_by_role("button", name="Écrire ici").click()

    expect(state(second)).to_contain_text("Vous écrivez ce texte")
    second.close()


def test_offline_the_text_is_kept_then_saved(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier)
    emptied(page, text)
    page.context.set_offline(True)

    page.keyboard.type("Tapé sans connexion.")
    expect(state(page)).to_contain_text("Hors ligne : le texte est gardé sur ce poste", timeout=15_000)
    page.context.set_offline(False)

    saved(page)
    page.reload()
    expect(text).to_have_text("Tapé sans connexion.")


def test_a_page_closed_offline_goes_on_when_it_is_opened_again(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier)
    page.route("**/rapport/enregistrer", lambda route: route.abort())
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Puis la panne.")
    expect(state(page)).to_contain_text("Hors ligne", timeout=15_000)
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    page.unroute("**/rapport/enregistrer")

    again = opened(page, dossier)

    expect(page.locator("[data-editor-messages]")).to_contain_text("est repris")
    saved(page)
    expect(again).to_contain_text("Puis la panne.")


def test_a_session_that_ended_loses_nothing(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier)
    emptied(page, text)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")

    page.keyboard.type("Tapé après la fin de la session.")
    expect(state(page)).to_contain_text("Votre session a pris fin", timeout=15_000)
    assert cookies
    other = page.context.new_page()
    sign_in(other, "camille.ferrandeau@ormelle.example")
    other.close()
    page.evaluate("dispatchEvent(new Event('focus'))")

    saved(page)
    expect(text).to_have_text("Tapé après la fin de la session.")


def test_without_script_the_text_is_typed_in_a_form(browser: Browser, site: Site, dossier: str) -> None:
    quiet = People(browser=browser, url=site.url, options={"java_script_enabled": False})
    page = quiet.page("drafter")

    page.goto(f"{dossier}rapport/ecrire?saisie=simple")
    expect(page.get_by_label("Texte", exact=True)).to_be_visible()
    page.goto(f"{dossier}deliberation/ecrire")
    expect(page.get_by_label("Texte", exact=True)).to_be_visible()
    quiet.close()


def test_the_editor_is_accessible_empty_and_full(people: People, dossier: str) -> None:
    page, audit = people.page("drafter"), Audit()
    audit.listen(page)
    text = opened(page, dossier)
    audit.look(page, "editeur")

    text.click()
    page.keyboard.press("Control+Alt+t")
    page.get_by_role("dialog").get_by_label("Légende").fill("Aides par club")
    audit.look(page, "editeur-fenetre")
    page.keyboard.press("Enter")
    expect(text.get_by_role("columnheader")).to_have_count(3)
    for word in ("Club", "Montant", "Échéance"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    audit.look(page, "editeur-tableau")

    assert "\n".join(audit.found) == ""


def test_a_text_comes_back_from_the_file_it_left_as(people: People, dossier: str) -> None:
    page = people.page("drafter")
    text = opened(page, dossier)
    emptied(page, text)
    page.evaluate(PASTE, [text.element_handle(), WORD])
    expect(text.locator("ul li")).to_have_text("premier point")
    saved(page)
    before = text.locator("td, th, li, p").all_inner_texts()
    page.reload()

    with page.expect_download() as coming:
        page.get_by_role("link", name="Word (.docx)").click()
    data = base64.b64encode(coming.value.path().read_bytes())
    page.get_by_text("Importer un fichier").click()
    file = {"name": "rapport.docx", "mimeType": "application/octet-stream", "buffer": base64.b64decode(data)}
    page.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="Importer", exact=True).click()

    expect(page.get_by_text("est importé ; relisez le rapport")).to_be_visible()
    assert text.locator("td, th, li, p").all_inner_texts() == before
