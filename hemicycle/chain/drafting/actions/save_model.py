"""Write a model of text: each saving is a version, kept for ever."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from hemicycle.accounts.models import Agent, Role, Unit
from hemicycle.chain.drafting.events import ModelSaved
from hemicycle.chain.drafting.filling import faults_of
from hemicycle.chain.drafting.models import Text, TextModel, TextModelVersion
from hemicycle.chain.drafting.text_models import known_fields
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import ActType
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.images import named as images_of
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import Doc, clean, digest, is_empty
from hemicycle.texts.typed import one_line

MAX_NAME = 120


class ModelRefused(ActionRefused):
    """The model cannot be kept so; the sentence says what to change."""


@transaction.atomic
def save_model(
    *,
    name: str,
    text: str,
    content: Any,
    agent: Agent,
    at: dt.datetime,
    act_type_id: int | None = None,
    unit_id: int | None = None,
    note: str = "",
    model_id: int | None = None,
) -> TextModelVersion:
    """Keep `content`, a text tree with its {fields}, as the next version of that model, or the first of a new one.

    Nothing is written when all is as it was. Raises NotEntitled, ModelRefused (name taken, text empty or not a
    text, image, field unknown for the type).
    """
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Écrire les modèles de textes")
    model = _row(model_id, text)
    said = _name(name, model)
    tree = _tree(content, act_type_id)
    last = model.versions.order_by("-number").first() if model.pk else None
    same = (model.name, model.act_type_id, model.unit_id) == (said, act_type_id, unit_id)
    if last is not None and same and last.content == tree:
        return last

    model.name, model.act_type, model.unit = said, _act_type(act_type_id), _unit(unit_id, on=day(at))
    model.save()
    version = TextModelVersion.objects.create(
        model=model,
        number=last.number + 1 if last else 1,
        content=tree,
        author=agent,
        made_at=at,
        note=one_line(note, 200),
    )

    event = ModelSaved(model=said, number=version.number, digest=digest(tree), note=version.note)
    journal.record(None, event, by=agent, at=at, role=role)
    return version


def _row(model_id: int | None, text: str) -> TextModel:
    if model_id is None:
        if text not in Text.values:
            raise ModelRefused("Choisissez de quel texte c’est le modèle.", field="text")
        return TextModel(text=text)
    row = TextModel.objects.select_for_update(of=("self",)).filter(id=model_id).first()
    if row is None:
        raise ModelRefused("Ce modèle n’existe plus ; rechargez la page.")
    return row


def _name(name: str, model: TextModel) -> str:
    said = one_line(name, MAX_NAME + 1)
    if not said or len(said) > MAX_NAME:
        raise ModelRefused(f"Donnez au modèle un nom de {MAX_NAME} caractères au plus.", field="name")
    if TextModel.objects.filter(name__iexact=said).exclude(id=model.pk).exists():
        raise ModelRefused(f"Un modèle « {said} » existe déjà ; choisissez un autre nom.", field="name")
    return said


def _tree(content: Any, act_type_id: int | None) -> Doc:
    try:
        tree = clean(content)
    except TextRefused as refusal:
        raise ModelRefused(str(refusal), field="content") from refusal
    if is_empty(tree):
        raise ModelRefused("Le modèle est vide ; écrivez-le ou importez un fichier.", field="content")
    if images_of(tree):
        raise ModelRefused("Un modèle ne porte pas d’image : chaque dossier joint les siennes.", field="content")
    if faults := faults_of(tree, known_fields(act_type_id)):
        raise ModelRefused(" ".join(faults[:5]), field="content")
    return tree


def _act_type(act_type_id: int | None) -> ActType | None:
    if act_type_id is None:
        return None
    row = ActType.objects.filter(id=act_type_id).first()
    if row is None:
        raise ModelRefused("Ce type d’acte n’existe plus ; choisissez-en un autre.", field="act_type")
    return row


def _unit(unit_id: int | None, *, on: dt.date) -> Unit | None:
    if unit_id is None:
        return None
    row: Unit | None = Unit.objects.on(on).filter(id=unit_id).first()
    if row is None:
        raise ModelRefused("Cette direction n’existe plus ; choisissez-en une autre.", field="unit")
    return row
