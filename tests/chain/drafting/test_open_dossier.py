"""Opening a dossier: who may, with which fields, and what each bad field gets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.open_dossier import FieldRefused, open_dossier
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.chain import told

pytestmark = pytest.mark.django_db


def opened(cast: Cast, **given: Any) -> Dossier:
    fields: dict[str, Any] = {
        "agent": cast.drafter,
        "unit_id": cast.service.pk,
        "body": "CP",
        "object": "Subvention au club de Clérande",
        "subject_code": "7.5",
        "at": NOON,
    }
    return open_dossier(**(fields | given))


def test_a_dossier_opened_is_being_drafted_under_its_number_for_ever(cast: Cast) -> None:
    dossier = opened(cast, theme="Sport", amount=Decimal("12000"), rapporteur_id=cast.members[2].pk)

    dossier.refresh_from_db()
    assert (dossier.stage, dossier.number, dossier.version) == (Stage.DRAFTING, "R2026-0001", 0)
    assert (dossier.drafter, dossier.unit, dossier.rapporteur) == (cast.drafter, cast.service, cast.members[2])
    assert (dossier.amount, dossier.theme, dossier.opened_at) == (Decimal("12000.00"), "Sport", NOON)


def test_the_journal_says_who_opened_it_as_what(cast: Cast) -> None:
    dossier = opened(cast)

    assert told.by(cast.drafter, "drafter", "drafting.dossier_opened")
    assert told.last()["dossier"] == str(dossier.id)
    assert told.last()["facts"] == {"number": dossier.number, "object": dossier.object, "unit": "Service des clubs"}


def test_numbers_follow_one_another_whatever_is_refused_between(cast: Cast) -> None:
    first = opened(cast)
    with pytest.raises(FieldRefused):
        opened(cast, subject_code="99.9")
    second = opened(cast)

    assert [first.number, second.number] == ["R2026-0001", "R2026-0002"]


def test_the_object_is_set_on_one_line(cast: Cast) -> None:
    assert opened(cast, object="  Subvention\n au   club ").object == "Subvention au club"


@pytest.mark.parametrize("who", ["colleague", "head_of_service", "director", "clerk"])
def test_those_who_draft_for_the_unit_may_open(cast: Cast, who: str) -> None:
    assert opened(cast, agent=getattr(cast, who)).drafter == getattr(cast, who)


@pytest.mark.parametrize("who", ["neighbour", "finance", "cabinet", "auditor", "administrator", "outsider"])
def test_the_others_are_refused(cast: Cast, who: str, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled, match="Ouvrir un dossier pour Service des clubs est réservé"), nothing_written():
        opened(cast, agent=getattr(cast, who))


def test_an_account_closed_opens_nothing(cast: Cast, nothing_written: Any) -> None:
    cast.drafter.is_active = False
    cast.drafter.save()

    with pytest.raises(NotEntitled), nothing_written():
        opened(cast)


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("object", {"object": "  "}, "L’objet du dossier est vide"),
        ("object", {"object": "x" * 251}, "251 caractères ; la limite est de 250"),
        ("subject_code", {"subject_code": "99.9"}, "La matière « 99.9 » n’existe pas"),
        ("subject_code", {"subject_code": "7"}, "La matière « 7 » n’existe pas"),
        ("subject_code", {"subject_code": "sport"}, "La matière « sport » n’existe pas"),
        ("subject_code", {"subject_code": ""}, "La matière « » n’existe pas|La matière «  » n’existe pas"),
        ("body", {"body": "XX"}, "Choisissez l’assemblée"),
        ("amount", {"amount": Decimal(-1)}, "nombre positif, en euros"),
        ("amount", {"amount": Decimal("NaN")}, "nombre positif, en euros"),
        ("amount", {"amount": Decimal("1E12")}, "nombre positif, en euros"),
        ("amount", {"amount": Decimal("12.345")}, "12.345 n’est pas au centime près"),
        ("rapporteur", {"rapporteur_id": 987654}, "Ce rapporteur n’a pas de mandat"),
        ("unit", {"unit_id": 987654}, "Ce service n’existe pas"),
    ],
)
def test_a_bad_field_is_refused_by_its_name(
    cast: Cast, field: str, given: dict[str, Any], sentence: str, nothing_written: Any
) -> None:
    with pytest.raises(FieldRefused, match=sentence) as refusal, nothing_written():
        opened(cast, **given)

    assert refusal.value.field == field


def test_a_rapporteur_whose_mandate_ended_is_refused_by_name(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(FieldRefused, match="Mme Marie Ancienne n’a pas de mandat en cours"), nothing_written():
        opened(cast, rapporteur_id=cast.former_member.pk)


def test_the_matiere_is_written_as_the_classification_writes_it(cast: Cast) -> None:
    assert opened(cast, subject_code=" 07.05 ").subject_code == "7.5"
