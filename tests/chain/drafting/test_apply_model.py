"""Starting a text from a model."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.apply_model import ModelNotOffered, TextNotEmpty, apply_model
from hemicycle.chain.drafting.leases import TextHeld
from hemicycle.chain.drafting.models import Lease
from hemicycle.chain.drafting.writing import ReportShared, TextFrozen
from hemicycle.dossier.models import Version
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.texts.tree import plain_text
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.definitions import a_model, an_act_type
from tests.factories import DELIBERATION, a_dossier

pytestmark = pytest.mark.django_db


def test_an_empty_text_starts_from_the_model_filled(cast: Cast) -> None:
    dossier, model = a_dossier(cast, deliberation={}), a_model(cast)

    apply_model(dossier_id=dossier.id, model_id=model.pk, agent=cast.colleague, at=NOON)

    dossier.refresh_from_db()
    said = plain_text(dossier.deliberation)
    assert said == "Article 1 – Subvention au club de Clérande, pour 12\u202f000\u00a0€."
    assert told.by(cast.colleague, "drafter", "drafting.model_applied")


def test_what_the_dossier_does_not_say_is_marked(cast: Cast) -> None:
    dossier, model = a_dossier(cast, deliberation={}, amount=None), a_model(cast)

    apply_model(dossier_id=dossier.id, model_id=model.pk, agent=cast.drafter, at=NOON)

    dossier.refresh_from_db()
    assert "[…à compléter : montant]" in plain_text(dossier.deliberation)


def test_a_text_already_written_is_not_replaced_by_surprise(cast: Cast, nothing_written: Any) -> None:
    dossier, model = a_dossier(cast), a_model(cast)

    with pytest.raises(TextNotEmpty, match="déjà écrit ; confirmez"), nothing_written():
        apply_model(dossier_id=dossier.id, model_id=model.pk, agent=cast.drafter, at=NOON)


def test_replaced_on_purpose_it_stays_in_a_version(cast: Cast) -> None:
    dossier, model = a_dossier(cast), a_model(cast)

    apply_model(dossier_id=dossier.id, model_id=model.pk, agent=cast.drafter, at=NOON, replace=True)

    assert Version.objects.get(dossier=dossier).deliberation == DELIBERATION
    assert told.last()["facts"]["replaced"] == 1


@pytest.mark.parametrize("facts", [{"active": False}, {"act_type": "Convention"}, {"unit": "other_service"}])
def test_a_model_for_others_is_refused(cast: Cast, facts: dict[str, Any], nothing_written: Any) -> None:
    if "act_type" in facts:
        facts = {"act_type": an_act_type(facts["act_type"])}
    if "unit" in facts:
        facts = {"unit": cast.other_service}
    dossier, model = a_dossier(cast, deliberation={}), a_model(cast, **facts)

    with pytest.raises(ModelNotOffered), nothing_written():
        apply_model(dossier_id=dossier.id, model_id=model.pk, agent=cast.drafter, at=NOON)


def test_a_text_that_somebody_is_writing_is_left_alone(cast: Cast, nothing_written: Any) -> None:
    dossier, model = a_dossier(cast, deliberation={}), a_model(cast)
    until = NOON + dt.timedelta(minutes=1)
    Lease.objects.create(dossier=dossier, text="deliberation", agent=cast.colleague, taken_at=NOON, ends_at=until)

    with pytest.raises(TextHeld), nothing_written():
        apply_model(dossier_id=dossier.id, model_id=model.pk, agent=cast.drafter, at=NOON)


def test_the_report_of_a_companion_is_its_leads(cast: Cast, nothing_written: Any) -> None:
    companion = a_dossier(cast, lead=a_dossier(cast), report={})
    model = a_model(cast, "Rapport", "Le club demande une aide.", text="report")

    with pytest.raises(ReportShared, match="partage le rapport de"), nothing_written():
        apply_model(dossier_id=companion.id, model_id=model.pk, agent=cast.drafter, at=NOON)


def test_in_the_circuit_texts_are_frozen(cast: Cast, nothing_written: Any) -> None:
    dossier, model = a_dossier(cast, in_circuit=True), a_model(cast)

    with pytest.raises(TextFrozen), nothing_written():
        apply_model(dossier_id=dossier.id, model_id=model.pk, agent=cast.drafter, at=NOON, replace=True)


def test_whoever_does_not_write_it_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier, model = a_dossier(cast, deliberation={}), a_model(cast)

    with pytest.raises(NotEntitled), nothing_written():
        apply_model(dossier_id=dossier.id, model_id=model.pk, agent=cast.neighbour, at=NOON)
