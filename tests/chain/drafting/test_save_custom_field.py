"""Declaring the data that a type of act asks for."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.actions.save_custom_field import CustomFieldRefused, save_custom_field
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.definitions import a_field, an_act_type

pytestmark = pytest.mark.django_db


def saved(cast: Cast, **given: Any) -> Any:
    facts: dict[str, Any] = {"label": "Coût total de l’opération", "kind": "number", "agent": cast.clerk, "at": NOON}
    return save_custom_field(**(facts | given))


def test_a_field_gets_a_key_that_models_can_write(cast: Cast) -> None:
    field = saved(cast, act_type_id=an_act_type().pk, required=True)

    assert (field.key, field.order, field.required) == ("cout_total_de_loperation", 1, True)
    assert told.last()["facts"]["act_type"] == "Subvention"


@pytest.mark.parametrize(("label", "key"), [("Montant", "montant_2"), ("2e tranche", "champ_2e_tranche")])
def test_a_key_is_never_that_of_another_field(cast: Cast, label: str, key: str) -> None:
    assert saved(cast, label=label).key == key


def test_a_field_changed_keeps_its_key_and_its_kind(cast: Cast) -> None:
    field = a_field("canton", kind="choice", choices=["Ambrelle", "Brissey"])

    saved(cast, field_id=field.pk, label="Canton aidé", kind="text", choices=["Ambrelle", "Brissey", "Lormet"])

    field.refresh_from_db()
    assert (field.key, field.kind, field.label) == ("canton", "choice", "Canton aidé")
    assert field.choices == ["Ambrelle", "Brissey", "Lormet"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"label": " "}, "Donnez au champ un nom"),
        ({"kind": "couleur"}, "Choisissez dans la liste"),
        ({"kind": "choice", "choices": ["seul", "seul"]}, "au moins deux choix"),
        ({"kind": "choice", "choices": [str(n) for n in range(101)]}, "100 choix au plus"),
        ({"act_type_id": 404}, "n’existe plus"),
        ({"field_id": 404}, "n’existe plus"),
        ({"label": "canton"}, "existe déjà"),
    ],
)
def test_a_bad_field_is_refused(cast: Cast, given: dict[str, Any], said: str, nothing_written: Any) -> None:
    a_field("canton", label="Canton")

    with pytest.raises(CustomFieldRefused, match=said), nothing_written():
        saved(cast, **given)


def test_a_director_declares_no_field(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        saved(cast, agent=cast.director)
