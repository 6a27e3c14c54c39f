"""Declare a custom field of a type of act, or change it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.custom_values import CHOICE
from hemicycle.chain.drafting.events import CustomFieldSaved
from hemicycle.chain.drafting.filling import FIELDS
from hemicycle.chain.drafting.models import CustomField
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import ActType
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line

MAX_LABEL, MAX_HELP, MAX_KEY = 80, 200, 40
MAX_CHOICES, MAX_CHOICE = 100, 120


class CustomFieldRefused(ActionRefused):
    """The field cannot be declared so; the sentence says what to change."""


@transaction.atomic
def save_custom_field(
    *,
    label: str,
    kind: str,
    agent: Agent,
    at: dt.datetime,
    act_type_id: int | None = None,
    choices: Sequence[str] = (),
    help: str = "",
    required: bool = False,
    field_id: int | None = None,
) -> CustomField:
    """Declare a field for a type of act (None: for all), or change the one of that id, whose kind and type stay.

    Its key, that models name between braces, is made once of its label. Raises NotEntitled, CustomFieldRefused.
    """
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Définir les champs des dossiers")
    said = one_line(label, MAX_LABEL + 1)
    if not said or len(said) > MAX_LABEL:
        raise CustomFieldRefused(f"Donnez au champ un nom de {MAX_LABEL} caractères au plus.", field="label")
    row = _row(field_id, kind, act_type_id)
    words = _choices(choices) if row.kind == CHOICE else []
    twins = CustomField.objects.filter(label__iexact=said, act_type=row.act_type, active=True).exclude(id=row.pk)
    if twins.exists():
        raise CustomFieldRefused(f"Un champ « {said} » existe déjà pour ce type d’acte.", field="label")

    row.label, row.choices, row.help, row.required = said, words, one_line(help, MAX_HELP), required
    if not row.pk:
        row.key = _key(said)
        last = CustomField.objects.filter(act_type=row.act_type).aggregate(last=Max("order"))["last"]
        row.order = (last or 0) + 1
    row.save()

    event = CustomFieldSaved(
        key=row.key,
        label=said,
        kind=row.kind,
        act_type=row.act_type.name if row.act_type else "",
        required=required,
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return row


def _row(field_id: int | None, kind: str, act_type_id: int | None) -> CustomField:
    if field_id is not None:
        row = CustomField.objects.select_for_update(of=("self",)).filter(id=field_id).first()
        if row is None:
            raise CustomFieldRefused("Ce champ n’existe plus ; rechargez la page.")
        return row
    if kind not in CustomField.Kind.values:
        raise CustomFieldRefused("Choisissez dans la liste ce que le champ contient.", field="kind")
    act_type = ActType.objects.filter(id=act_type_id).first() if act_type_id is not None else None
    if act_type_id is not None and act_type is None:
        raise CustomFieldRefused("Ce type d’acte n’existe plus ; rechargez la page.", field="act_type")
    return CustomField(kind=kind, act_type=act_type)


def _choices(written: Sequence[str]) -> list[str]:
    words = list(dict.fromkeys(word for word in (one_line(line, MAX_CHOICE + 1) for line in written) if word))
    if len(words) < 2:
        raise CustomFieldRefused("Donnez au moins deux choix, un par ligne.", field="choices")
    if len(words) > MAX_CHOICES or any(len(word) > MAX_CHOICE for word in words):
        raise CustomFieldRefused(
            f"Une liste compte {MAX_CHOICES} choix au plus, de {MAX_CHOICE} caractères au plus.", field="choices"
        )
    return words


def _key(label: str) -> str:
    """« Coût total » → « cout_total », told apart from the keys that exist."""
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: MAX_KEY - 3]
    if not base or not base[0].isalpha():
        base = f"champ_{base}".strip("_")[: MAX_KEY - 3]
    taken = set(CustomField.objects.filter(key__startswith=base).values_list("key", flat=True)) | set(FIELDS)
    return next(key for key in (base, *(f"{base}_{n}" for n in range(2, 1000))) if key not in taken)
