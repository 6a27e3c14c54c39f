"""Which models are offered to a dossier, and what it gives their fields."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.chain.drafting import text_models
from tests.cast import Cast
from tests.chain.drafting.definitions import a_field, a_model, an_act_type
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_the_most_precise_model_comes_first(cast: Cast) -> None:
    grant = an_act_type()
    a_model(cast, "Tous")
    a_model(cast, "Direction", unit=cast.direction)
    a_model(cast, "Type", act_type=grant)
    a_model(cast, "Type et service", act_type=grant, unit=cast.service)
    a_model(cast, "Type et direction", act_type=grant, unit=cast.direction)

    names = [m.name for m in text_models.offered("deliberation", act_type_id=grant.pk, unit=cast.service)]

    assert names == ["Type et service", "Type et direction", "Type", "Direction", "Tous"]


def test_the_model_of_another_type_unit_or_text_is_not_offered(cast: Cast) -> None:
    a_model(cast, "Autre type", act_type=an_act_type("Convention"))
    a_model(cast, "Autre service", unit=cast.other_service)
    a_model(cast, "Autre texte", text="report")
    a_model(cast, "Mis de côté", active=False)

    assert text_models.offered("deliberation", act_type_id=None, unit=cast.service) == []


def test_a_dossier_says_each_field_in_words(cast: Cast) -> None:
    a_field("duree", kind="number", label="Durée")
    dossier = a_dossier(cast, extra={"duree": "3"}, target_date=dt.date(2026, 12, 17))

    said = text_models.values_for(dossier)

    assert set(said) == set(text_models.known_fields(None))
    assert said["montant_en_lettres"] == "douze-mille euros"
    assert said["date_seance"] == "17\u00a0décembre 2026"
    assert (said["assemblee"], said["numero"], said["duree"]) == ("la commission permanente", dossier.number, "3")
    assert said["direction"] == cast.direction.name and said["deliberation_precedente"] == ""


def test_every_field_has_its_label(cast: Cast) -> None:
    a_field("duree", label="Durée")

    labels = text_models.labels_of(None)

    assert set(labels) == set(text_models.known_fields(None))
    assert (labels["duree"], labels["date_seance"]) == ("Durée", "date de la séance")
