"""Draft to archive at a real browser, against the real server, its couriers and the simulators."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, expect

from hemicycle.inspection import inspect
from tests.browser import before_the_vote as before
from tests.browser.before_the_vote import Files
from tests.browser.by_hand import SUBJECT, Affair
from tests.browser.people import People
from tests.browser.site import Site


def test_a_dossier_is_carried_by_hand_from_a_blank_page_to_the_archive(affair: Affair, people: People) -> None:
    auditor = people.page("auditor")

    auditor.goto(f"{affair.dossier}journal/")

    journal = auditor.get_by_role("list").filter(has_text="a ouvert le dossier").last
    for words in ("Camille Ferrandeau", "Aurélien Bosquillon", before.MISSING, "Étienne Valmorin", affair.number):
        expect(journal).to_contain_text(words)


def test_what_the_partner_downloads_is_the_signed_act(affair: Affair, tmp_path: Path) -> None:
    downloaded = tmp_path / "acte.pdf"
    downloaded.write_bytes(affair.act)

    said, _ = inspect(downloaded, as_json=True)

    assert "Étienne Valmorin" in json.dumps(json.loads(said), ensure_ascii=False)


def test_the_way_to_the_agenda_needs_no_script(browser: Browser, site: Site, files: Files) -> None:
    plain = People(browser=browser, url=site.url, options={"java_script_enabled": False})
    subject = f"{SUBJECT}, sans JavaScript"
    drafter, clerk = plain.page("drafter"), plain.page("clerk")

    dossier = before.open_the_dossier(drafter, subject)
    before.write_the_texts(drafter, dossier, files)
    before.attach_the_annex(drafter, dossier, files)
    before.submit_to_the_circuit(drafter, dossier)
    before.pass_the_circuit(plain, subject)
    before.plan_today(clerk, "Hôtel du Département, salle des mariages", hour="23:58")
    before.put_on_the_agenda(clerk, subject)

    clerk.reload()
    expect(clerk.get_by_role("listitem").filter(has_text=subject)).to_be_visible()
    plain.close()
