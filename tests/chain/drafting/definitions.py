"""What the service des assemblées has defined: types of act, fields, models of text."""

from __future__ import annotations

from typing import Any

from hemicycle.accounts.models import Unit
from hemicycle.chain.drafting.models import CustomField, TextModel, TextModelVersion
from hemicycle.dossier.models import ActType
from hemicycle.texts.tree import clean
from tests.cast import NOON, Cast
from tests.factories import a_text


def an_act_type(name: str = "Subvention", *, active: bool = True) -> ActType:
    return ActType.objects.create(name=name, active=active)


def a_field(key: str = "beneficiaire", act_type: ActType | None = None, **facts: Any) -> CustomField:
    given: dict[str, Any] = {"label": key.capitalize(), "kind": "text", "order": CustomField.objects.count() + 1}
    return CustomField.objects.create(key=key, act_type=act_type, **(given | facts))


def a_model(
    cast: Cast,
    name: str = "Délibération de subvention",
    *paragraphs: str,
    text: str = "deliberation",
    act_type: ActType | None = None,
    unit: Unit | None = None,
    active: bool = True,
) -> TextModel:
    """A model of one version; « Article 1 – {objet}, pour {montant}. » when nothing is said."""
    model = TextModel.objects.create(name=name, text=text, act_type=act_type, unit=unit, active=active)
    tree = clean(a_text(*(paragraphs or ("Article 1 – {objet}, pour {montant}.",))))
    TextModelVersion.objects.create(model=model, number=1, content=tree, author=cast.clerk, made_at=NOON)
    return model
