"""The models of the demonstration are what the product accepts, and fill whole."""

from __future__ import annotations

import pytest

from hemicycle.chain.drafting.filling import faults_of
from hemicycle.chain.drafting.models import TextModelVersion
from hemicycle.chain.drafting.text_models import filled, known_fields
from hemicycle.demonstration import act_types
from hemicycle.dossier.models import ActType
from hemicycle.texts.faults import guidance_in
from hemicycle.texts.structure import read_deliberation
from hemicycle.texts.tree import plain_text
from tests.cast import NOON, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_each_model_names_only_fields_of_its_type(cast: Cast) -> None:
    act_types.lay(author=cast.clerk, at=NOON)

    for version in TextModelVersion.objects.order_by("id").select_related("model"):
        assert faults_of(version.content, known_fields(version.model.act_type_id)) == [], version


def test_a_grant_starts_with_the_articles_of_its_deliberation(cast: Cast) -> None:
    act_types.lay(author=cast.clerk, at=NOON)
    grant = ActType.objects.get(name=act_types.GRANT)
    dossier = a_dossier(cast, act_type=grant, extra={"beneficiaire": "Club de Clérande"})

    text = filled(TextModelVersion.objects.get(model__act_type=grant, model__text="deliberation").content, dossier)

    assert guidance_in(plain_text(text)) == ()
    assert [article.number for article in read_deliberation(text).articles] == [1, 2, 3, 4]
    assert read_deliberation(text).problems == ()
