"""Each document says what the law and the house want it to say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from hemicycle.rendering.deliberation import render_deliberation
from hemicycle.rendering.notice import render_notice
from hemicycle.rendering.report import render_report
from tests.rendering import samples, sending_samples
from tests.rendering.gallery import gallery
from tests.rendering.reading import pages, words

PHRASES = {
    "register": ["Registre de l'année 2026", "Numéro annulé le 30/11/2026 : Le montant voté est à reprendre."],
    "extract": ["Extrait du registre des délibérations", "Pour extrait certifié conforme au registre"],
    "report": ["Rapport n° R2026-0412", "Réunion du 9 juillet 2026", "45 000 €", "En bref", "page 1/3", "m2 ; CO2"],
    "draft": ["Projet de délibération", "Soumis à la commission permanente", "DÉCIDE", "Article 4"],
    "deliberation": [
        "République française",
        "Extrait du registre des délibérations de la commission permanente",
        "Délibération n° CP/2026-07-09/13-01",
        "Date de la convocation : 25 juin 2026",
        "Présents (30) : Mme Aline ABRANVIEUX, M. Bruno ABRANVIEUX",
        "Mme Claire ESCANDOU a donné pouvoir à Mme Aline ABRANVIEUX",
        "Absents : Néant.",
        "Après en avoir délibéré, DÉCIDE Article 1",
        "Adopté à la majorité des suffrages exprimés.",
        "Contre : M. Élise BRÉVAL-LORMIER.",
        "Hélène MARQUISAT Signé électroniquement",
        "tribunal administratif de Montreval",
        "Annexe 1 – Convention avec l'association Vernoise Handibasket (6 pages), annexée à la délibération",
    ],
    "agenda": ["Séance du jeudi 9 juillet 2026 à 14 h 30", "2, arrêté le 25 juin 2026", "vote groupé"],
    "summons": ["Convocation à la commission permanente", "à déposer avant le 08/07/2026 à 12 h 00"],
    "attendance": ["Feuille de présence", "M. Bruno ABRANVIEUX", "16 h 30"],
    "annex": ["Annexe n° 2 à la délibération n° CP/2026-07-09/13-01", "Échéancier"],
    "notice": ["Notification de la délibération", "Voies et délais de recours", "Convention à signer"],
    "receipt": ["099-229900019-20260709-CP2607091301-DE", "Acquittement reçu", "102 Ko"],
    "decisions": ["Liste des délibérations", "CP/2026-07-09/01-02", "unanimité"],
    "comparison": [
        "Ce qui a changé",
        "De la version 2 à la version 3",
        "12 000 € 15 000 €",
        "Était plus haut, après",
        "Auparavant article 2.",
        "¶",
        "8 passages inchangés",
        "Annexe « Budget » remplacée",
    ],
    "journey": ["Fiche de parcours", "v1 c0ffee00c0ffee00", "Établie le 09/07/2026 à 18 h 30"],
}


@pytest.mark.parametrize("name", PHRASES)
def test_a_document_says_what_is_expected_of_it(name: str) -> None:
    printed = words(gallery()[name]) + words(gallery()[name], layout=True)

    assert [phrase for phrase in PHRASES[name] if phrase not in printed] == []


def test_every_kind_of_document_is_in_the_gallery() -> None:
    assert set(PHRASES) == set(gallery())


def test_all_42_members_are_named_on_the_presence_list() -> None:
    everyone = replace(samples.presence(), present=samples.MEMBERS, proxies=(), excused=())

    printed = words(render_deliberation(replace(samples.deliberation(), presence=everyone), at=samples.AT))

    listed = printed.split("Présents (42) : ")[1].split(". Absents")[0]
    # A compound name may be cut at its hyphen, which pdftotext then takes for the end of a syllable.
    assert re.sub("[- ]", "", listed) == re.sub("[- ]", "", ",".join(samples.MEMBERS))


def test_an_amended_act_says_so_under_its_object() -> None:
    act = replace(samples.deliberation(), amended=True)

    assert "(texte amendé en séance)" in words(render_deliberation(act, at=samples.AT))


def test_a_transmission_for_information_carries_no_way_of_appeal() -> None:
    printed = words(render_notice(replace(sending_samples.notice(), appeal=()), at=samples.AT))

    assert "Transmission de la délibération" in printed
    assert "recours" not in printed


def test_a_report_without_money_says_so() -> None:
    printed = words(render_report(replace(samples.report(), amount=None), at=samples.AT), layout=True)

    assert "Sans incidence financière" in printed


def test_the_footer_of_every_page_bears_the_number_and_the_folio() -> None:
    printed = pages(gallery()["deliberation"])

    assert all(f"page {folio}/{len(printed)}" in page for folio, page in enumerate(printed, 1))
    assert all("CP/2026-07-09/13-01 – Subventions" in page for page in printed)


def test_the_heading_of_a_long_table_comes_back_on_each_page() -> None:
    printed = pages(gallery()["attendance"])

    assert len(printed) == 2
    assert all("Pouvoir à" in page for page in printed)
