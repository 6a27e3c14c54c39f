"""Changing the fields of a dossier while it is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.describe_dossier import describe_dossier
from hemicycle.chain.drafting.actions.open_dossier import FieldRefused
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier.models import ActType
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_dossier, an_attachment

pytestmark = pytest.mark.django_db


def test_the_fields_given_change_and_the_others_stay(cast: Cast) -> None:
    dossier = a_dossier(cast)

    describe_dossier(
        dossier_id=dossier.id, agent=cast.colleague, at=NOON, amount=Decimal("15000"), rapporteur_id=cast.members[1].pk
    )

    dossier.refresh_from_db()
    assert (dossier.amount, dossier.rapporteur) == (Decimal("15000.00"), cast.members[1])
    assert dossier.object == "Subvention au club de Clérande"


def test_the_journal_keeps_the_old_value_and_the_new_one(cast: Cast) -> None:
    dossier = a_dossier(cast, to_correct=True)

    describe_dossier(dossier_id=dossier.id, agent=cast.clerk, at=NOON, theme="Jeunesse", object=dossier.object)

    assert told.by(cast.clerk, "assembly_office", "drafting.dossier_described")
    assert told.last()["facts"] == {"changes": {"theme": ["Sport", "Jeunesse"]}}


def test_saying_the_same_again_writes_nothing(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with nothing_written():
        describe_dossier(dossier_id=dossier.id, agent=cast.drafter, at=NOON, amount=Decimal("12000"), body="CP")


def test_annexes_filed_under_a_type_that_the_new_nature_has_not_fall_back_on_the_usual_one(cast: Cast) -> None:
    dossier = a_dossier(cast)
    kept = an_attachment(dossier, by=cast.drafter, type_code="99_SE")
    lost = an_attachment(dossier, by=cast.drafter, type_code="99_DE", data=b"%PDF-1.7 autre")
    arrete = ActType.objects.create(name="Agrément", nature="AI")

    describe_dossier(dossier_id=dossier.id, agent=cast.drafter, at=NOON, act_type_id=arrete.pk)

    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.type_code, lost.type_code) == ("99_SE", "")


def test_a_long_theme_is_cut_as_when_the_dossier_opens(cast: Cast) -> None:
    dossier = describe_dossier(dossier_id=a_dossier(cast).id, agent=cast.drafter, at=NOON, theme="x" * 90)

    dossier.refresh_from_db()
    assert dossier.theme == "x" * 80


@pytest.mark.parametrize("who", ["neighbour", "head_of_service", "finance", "president", "outsider"])
def test_whoever_does_not_write_it_is_refused(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled, match=f"Le dossier {dossier.number} est rédigé par"), nothing_written():
        describe_dossier(dossier_id=dossier.id, agent=getattr(cast, who), at=NOON, theme="Jeunesse")


@pytest.mark.parametrize("trait", ["in_circuit", "ready", "on_agenda", "adopted", "archived"])
def test_in_the_circuit_and_beyond_the_fields_are_frozen(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(TextFrozen, match="ne se modifient qu’en rédaction ou après un renvoi"), nothing_written():
        describe_dossier(dossier_id=dossier.id, agent=cast.drafter, at=NOON, theme="Jeunesse")


@pytest.mark.parametrize(
    "given",
    [
        {"object": ""},
        {"subject_code": "0.0"},
        {"body": "CR"},
        {"amount": Decimal("Infinity")},
        {"rapporteur_id": 987654},
    ],
)
def test_a_bad_field_refuses_the_whole(cast: Cast, given: dict[str, Any], nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(FieldRefused), nothing_written():
        describe_dossier(dossier_id=dossier.id, agent=cast.drafter, at=NOON, **({"theme": "Jeunesse"} | given))


def test_a_rapporteur_without_mandate_is_refused_by_name(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(FieldRefused, match="Mme Marie Ancienne"), nothing_written():
        describe_dossier(dossier_id=dossier.id, agent=cast.drafter, at=NOON, rapporteur_id=cast.former_member.pk)


def test_the_stage_is_no_field_of_this_action(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(TypeError), nothing_written():
        describe_dossier(dossier_id=dossier.id, agent=cast.drafter, at=NOON, stage="adopted")


def test_the_deliberations_of_one_report_go_to_one_sitting(cast: Cast) -> None:
    lead = a_dossier(cast)
    companion = a_dossier(cast, lead=lead)

    describe_dossier(dossier_id=lead.id, agent=cast.drafter, at=NOON, body="CD", target_date=TODAY)

    companion.refresh_from_db()
    assert (companion.body, companion.target_date) == ("CD", TODAY)


def test_a_companion_goes_to_no_sitting_of_its_own(cast: Cast, nothing_written: Any) -> None:
    companion = a_dossier(cast, lead=a_dossier(cast))

    with pytest.raises(FieldRefused, match="va à la même séance"), nothing_written():
        describe_dossier(dossier_id=companion.id, agent=cast.drafter, at=NOON, body="CD")
