"""What holds back a submission beyond the two texts."""

from __future__ import annotations

import pytest

from hemicycle.chain.drafting.readiness import first_lack
from tests.cast import Cast
from tests.chain.drafting.definitions import a_field, an_act_type
from tests.factories import a_dossier, a_text

pytestmark = pytest.mark.django_db


def test_a_dossier_that_says_all_it_must_lacks_nothing(cast: Cast) -> None:
    assert first_lack(a_dossier(cast)) is None


def test_the_required_fields_are_named_together(cast: Cast) -> None:
    grant = an_act_type()
    a_field("canton", grant, required=True)
    a_field("tiers", grant, required=True)

    lack = first_lack(a_dossier(cast, act_type=grant))

    assert lack is not None and lack.field == "extra"
    assert "Remplissez les champs « Canton », « Tiers »" in lack.sentence


@pytest.mark.parametrize("text", ["report", "deliberation"])
def test_a_mark_left_by_a_model_holds_the_dossier_back(cast: Cast, text: str) -> None:
    dossier = a_dossier(cast, **{text: a_text("Article 1 – Une aide de […à compléter : montant].")})

    lack = first_lack(dossier)

    assert lack is not None and lack.field == text
    assert "[…à compléter : montant]" in lack.sentence


def test_a_companion_is_submitted_with_its_lead(cast: Cast) -> None:
    lead = a_dossier(cast)

    lack = first_lack(a_dossier(cast, lead=lead))

    assert lack is not None and lack.field == "lead"
    assert lead.number in lack.sentence


@pytest.mark.parametrize(
    ("deliberation", "said"),
    [
        ({}, "est vide"),
        (a_text("Vu le code,"), "aucun article"),
        (a_text("Article 1 – […à compléter : x]."), "complétez"),
    ],
)
def test_a_companion_unfinished_holds_its_lead_back(cast: Cast, deliberation: dict[str, object], said: str) -> None:
    lead = a_dossier(cast)
    companion = a_dossier(cast, lead=lead, deliberation=deliberation)

    lack = first_lack(lead)

    assert lack is not None and lack.field == "companion"
    assert companion.number in lack.sentence and said in lack.sentence


def test_a_companion_withdrawn_holds_nothing_back(cast: Cast) -> None:
    lead = a_dossier(cast)
    a_dossier(cast, lead=lead, deliberation={}, stage="withdrawn")

    assert first_lack(lead) is None
