"""Writing models of text: each saving is a version."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.actions.save_model import ModelRefused, save_model
from hemicycle.chain.drafting.models import TextModelVersion
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.definitions import a_field, a_model, an_act_type
from tests.factories import a_text

pytestmark = pytest.mark.django_db


def saved(cast: Cast, **given: Any) -> TextModelVersion:
    facts: dict[str, Any] = {
        "name": "Délibération de subvention",
        "text": "deliberation",
        "content": a_text("Article 1 – {objet}, pour {montant}."),
        "agent": cast.clerk,
        "at": NOON,
    }
    return save_model(**(facts | given))


def test_a_new_model_has_a_first_version(cast: Cast) -> None:
    version = saved(cast, act_type_id=an_act_type().pk, unit_id=cast.direction.pk, note="reprise du modèle papier")

    assert (version.number, version.model.act_type.name, version.model.unit) == (1, "Subvention", cast.direction)
    assert told.by(cast.clerk, "assembly_office", "drafting.model_saved")


def test_each_saving_is_a_version_and_the_older_ones_stay(cast: Cast) -> None:
    first = saved(cast)

    second = saved(cast, model_id=first.model.pk, content=a_text("Article 1 – {objet}."))

    assert second.number == 2
    assert TextModelVersion.objects.get(model=first.model, number=1).content == first.content


def test_the_same_again_writes_nothing(cast: Cast, nothing_written: Any) -> None:
    first = saved(cast)

    with nothing_written():
        assert saved(cast, model_id=first.model.pk).number == 1


def test_a_field_of_the_type_may_be_named(cast: Cast) -> None:
    act_type = an_act_type()
    a_field("beneficiaire", act_type)

    assert saved(cast, act_type_id=act_type.pk, content=a_text("Article 1 – Aide à {beneficiaire}.")).number == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "Donnez au modèle un nom"),
        ({"name": "modèle ancien"}, "existe déjà"),
        ({"text": "annexe"}, "Choisissez de quel texte"),
        ({"content": a_text(" ")}, "est vide"),
        ({"content": {"type": "poème"}}, "n’est pas un document"),
        ({"content": a_text("Pour {monttant}.")}, r"Le champ \{monttant\} n’existe pas"),
        ({"content": a_text("Aide à {beneficiaire}.")}, r"Le champ \{beneficiaire\} n’existe pas"),
        ({"content": a_text("Pour {montant.")}, "Une accolade est seule"),
        ({"act_type_id": 404}, "n’existe plus"),
        ({"unit_id": 404}, "n’existe plus"),
        ({"model_id": 404}, "n’existe plus"),
    ],
)
def test_a_bad_model_is_refused(cast: Cast, given: dict[str, Any], said: str, nothing_written: Any) -> None:
    a_model(cast, "Modèle ancien")
    a_field("beneficiaire", an_act_type("Convention"))

    with pytest.raises(ModelRefused, match=said), nothing_written():
        saved(cast, **given)


def test_an_administrator_writes_no_model(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        saved(cast, agent=cast.administrator)
