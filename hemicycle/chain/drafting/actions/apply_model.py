"""Start a text from a model, its fields filled from the dossier."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import leases, text_models
from hemicycle.chain.drafting.events import ModelApplied
from hemicycle.chain.drafting.models import Text, TextModelVersion
from hemicycle.chain.drafting.writing import require_own_text, require_writable
from hemicycle.dossier import journal, versions
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import clean, digest, is_empty


class ModelNotOffered(ActionRefused):
    message = "Ce modèle n’est pas proposé à ce dossier ; choisissez-en un autre dans la liste."


class TextNotEmpty(ActionRefused):
    """There is a text already, and nobody said that it may be replaced."""


@transaction.atomic
def apply_model(*, dossier_id: UUID, model_id: int, agent: Agent, at: dt.datetime, replace: bool = False) -> Dossier:
    """The model's last version becomes the working text, filled; what is empty says so where it stands.

    A text already written is replaced only with `replace`, and a version keeps it. Raises NotEntitled, TextFrozen,
    TextHeld (somebody writes it now), ModelNotOffered, TextNotEmpty.
    """
    dossier = Dossier.objects.locked().select_related("unit").get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    model = start_of(dossier, model_id)
    text = model.model.text
    require_own_text(dossier, text)
    leases.require_free(dossier, text, agent, at=at)
    written = getattr(dossier, text)
    replaced = 0
    if written and not is_empty(clean(written)):
        if not replace:
            raise TextNotEmpty(
                f"Le {Text(text).label} du dossier {dossier.number} est déjà écrit ; confirmez pour le remplacer, "
                "une version en garde le texte.",
                field="replace",
            )
        reason = f"Avant de repartir du modèle « {model.model.name} »"
        replaced = versions.freeze(dossier, by=agent, at=at, reason=reason).number

    begin(dossier, model, agent=agent, role=role, at=at, replaced=replaced)
    return dossier


def start_of(dossier: Dossier, model_id: int) -> TextModelVersion:
    """The last version of a model offered to the dossier. Raises ModelNotOffered."""
    for text in Text.values:
        models = text_models.offered(text, act_type_id=dossier.act_type_id, unit=dossier.unit)
        if any(model.id == model_id for model in models):
            return text_models.last_version(model_id)
    raise ModelNotOffered(field="model")


def begin(
    dossier: Dossier, model: TextModelVersion, *, agent: Agent, role: str, at: dt.datetime, replaced: int = 0
) -> None:
    """Write the text and tell it, in the caller's transaction."""
    text = model.model.text
    try:
        tree = text_models.filled(model.content, dossier)
    except TextRefused as refusal:
        raise ModelNotOffered(str(refusal), field="model") from refusal
    setattr(dossier, text, tree)
    dossier.save(update_fields=[text])

    event = ModelApplied(text=text, model=model.model.name, number=model.number, digest=digest(tree), replaced=replaced)
    journal.record(dossier, event, by=agent, at=at, role=role)
