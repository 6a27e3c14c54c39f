"""A text that could not be printed never reaches those who would give their visa on it."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.circuit import printable
from hemicycle.dossier.models import Dossier
from tests.texts.trees import doc, image, p


def _dossier(**fields: Any) -> Dossier:
    texts = {"report": doc("Rapport."), "deliberation": doc("DÉCIDE", "Article 1 – A.")}
    return Dossier(**{"number": "R2026-0001", "object": "Subventions", **texts, **fields})


def test_an_ordinary_dossier_can_be_printed() -> None:
    assert printable.fault(_dossier()) is None


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"object": "Fête 🎉"}, "object", "L’objet du dossier R2026-0001 contient un caractère"),
        ({"report": doc("Bravo 🎉")}, "report", "Le rapport du dossier R2026-0001 contient un caractère"),
        ({"deliberation": doc(p("漢字"))}, "deliberation", "contient des caractères qui ne peuvent pas"),
        ({"report": doc(image("Image à décrire (1)"))}, "report", "contient une image à décrire"),
    ],
)
def test_what_cannot_be_printed_is_said_with_its_field(fields: dict[str, Any], field: str, said: str) -> None:
    fault = printable.fault(_dossier(**fields))

    assert fault is not None
    assert said in fault[0]
    assert fault[1] == field


@pytest.mark.django_db
def test_an_image_that_nobody_kept_is_said() -> None:
    fault = printable.fault(_dossier(report=doc(image("Plan"))))

    assert fault == (
        "Le rapport du dossier R2026-0001 contient une image qui n’a pas été retrouvée ; insérez-la de nouveau.",
        "report",
    )
