"""A text that could not be printed never reaches those who would give their visa on it."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting import faults
from hemicycle.dossier.models import Attachment, Dossier
from tests.texts.trees import doc, image, p, table


def _dossier(**fields: Any) -> Dossier:
    texts = {"report": doc("Rapport."), "deliberation": doc("DÉCIDE", "Article 1 – A.")}
    return Dossier(**{"number": "R2026-0001", "object": "Subventions", **texts, **fields})


def test_an_ordinary_dossier_can_be_printed() -> None:
    assert faults.of(_dossier()) == []


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"object": "Fête 🎉"}, "object", "L’objet du dossier R2026-0001 contient un caractère"),
        ({"report": doc("Bravo 🎉")}, "report", "PARTY POPPER), dans «\u00a0Bravo 🎉\u00a0»"),
        ({"deliberation": doc(p("漢字"))}, "deliberation", "contient des caractères qui ne peuvent pas"),
    ],
)
def test_a_character_without_a_font_is_named_with_its_place(fields: dict[str, Any], field: str, said: str) -> None:
    (fault,) = faults.of(_dossier(**fields))

    assert said in fault.sentence
    assert (fault.field, fault.stops) == (field, True)


@pytest.mark.django_db
def test_an_image_that_nobody_kept_is_said() -> None:
    (fault,) = faults.of(_dossier(report=doc(image("Plan"))))

    assert fault.sentence == (
        "Le rapport du dossier R2026-0001 contient une image qui n’a pas été retrouvée ; insérez-la de nouveau."
    )


def test_a_table_whose_words_would_be_cut_is_a_doubt() -> None:
    wide = table(["développement-durable"] * 12, header=["anticonstitutionnellement"] * 12)

    (fault,) = faults.of(_dossier(report=doc(wide)))

    assert not fault.stops
    assert "tableau 1 trop large" in fault.sentence and "joignez-le en annexe" in fault.sentence


def test_a_table_of_thirty_columns_stops() -> None:
    (fault,) = faults.of(_dossier(report=doc(table(["a"] * 30, header=["b"] * 30))))

    assert fault.stops
    assert "24 colonnes" in fault.sentence


def test_what_stops_comes_before_what_is_doubtful() -> None:
    found = faults.of(_dossier(report=doc(table(["Lieu", "Lormet"], ["Durée", "un an"]), "Bravo 🎉")))

    assert [fault.stops for fault in found] == [True, False]


def test_an_arrete_is_called_by_its_name_and_its_report_is_nobodys() -> None:
    (fault,) = faults.of(_dossier(nature="AR", report=doc("Bravo 🎉"), deliberation=doc("Article 1 – 🎉")))

    assert fault.sentence.startswith("Le projet d’arrêté du dossier R2026-0001")


@pytest.mark.parametrize(
    ("media_type", "stops"), [("text/xml", False), ("application/vnd.oasis.opendocument.text", True)]
)
def test_an_annex_that_has_no_pages_is_said(media_type: str, stops: bool) -> None:
    (fault,) = faults.of(_dossier(), [Attachment(title="Plan", name="plan.x", media_type=media_type)])

    assert fault.stops is stops
    assert "« Plan » (plan.x)" in fault.sentence and "version PDF" in fault.sentence


def test_an_annex_that_is_a_pdf_or_a_picture_is_no_fault() -> None:
    annexes = [Attachment(title="Plan", name="p", media_type=kind) for kind in faults.PRINTED]

    assert faults.of(_dossier(), annexes) == []
