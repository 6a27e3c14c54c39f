"""Types of act and the data that each asks for: what is offered, what a dossier says, what it lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.custom_values import FILE, accept_value, shown_value
from hemicycle.chain.drafting.models import CustomField
from hemicycle.chain.drafting.rules import NotAccepted, accept_file
from hemicycle.dossier import attachments
from hemicycle.dossier.models import ActType, Attachment, Dossier, Nature
from hemicycle.dossier.refusals import ActionRefused

KINDS: Sequence[tuple[str, str]] = [(kind.value, str(kind.label)) for kind in CustomField.Kind]


class ValueRefused(ActionRefused):
    """The value of a custom field is not acceptable; `field` is `input_name` of its key."""


@dataclass(frozen=True, kw_only=True)
class FieldFile:
    """A file given as the value of a field."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class FieldValue:
    """A field as the page of a dossier shows it."""

    key: str
    label: str
    #: As people read it; the name of the file for a file.
    shown: str
    attachment_id: UUID | None = None


def input_name(key: str) -> str:
    """The name of the field in a form."""
    return f"extra_{key}"


def act_types(*, all_of_them: bool = False) -> list[ActType]:
    """The types of act that a dossier may take, by name; also those put aside when asked."""
    rows = ActType.objects.order_by("name")
    return list(rows if all_of_them else rows.filter(active=True))


def is_voted(act_type_id: int | None) -> bool:
    """Whether a dossier of that type goes to an assembly; one without type does."""
    nature = ActType.objects.filter(id=act_type_id).values_list("nature", flat=True).first() if act_type_id else None
    return nature is None or nature == Nature.DELIBERATION


def fields_of(act_type_id: int | None, *, all_of_them: bool = False) -> list[CustomField]:
    """What a dossier of that type is asked, in order: the fields of all first. None: a dossier without type."""
    asked = CustomField.objects.filter(Q(act_type=None) | Q(act_type=act_type_id))
    if not all_of_them:
        asked = asked.filter(active=True)
    return list(asked.order_by(F("act_type").asc(nulls_first=True), "order", "label"))


def every_field() -> list[CustomField]:
    """All the fields ever declared, those of all types first, in order."""
    return list(
        CustomField.objects.select_related("act_type").order_by(
            F("act_type__name").asc(nulls_first=True), "-active", "order", "label"
        )
    )


def values_of(dossier: Dossier) -> list[FieldValue]:
    """What the dossier says in its custom fields, in order; a field put aside since is still said."""
    if not dossier.extra:
        return []
    files = {str(a.id): a for a in dossier.attachments.filter(kind=Attachment.Kind.FIELD)}
    shown = []
    for field in CustomField.objects.filter(key__in=list(dossier.extra)).order_by("order", "label"):
        value = dossier.extra[field.key]
        file = files.get(value) if field.kind == FILE else None
        if file is None and field.kind == FILE:
            continue
        said = file.name if file else shown_value(field.kind, value)
        shown.append(FieldValue(key=field.key, label=field.label, shown=said, attachment_id=file.id if file else None))
    return shown


def missing_fields(dossier: Dossier) -> list[str]:
    """The labels of the required fields that the dossier leaves empty, in order."""
    extra = dossier.extra or {}
    return [f.label for f in fields_of(dossier.act_type_id) if f.required and not extra.get(f.key)]


def change(
    dossier: Dossier, given: Mapping[str, str | FieldFile | None], *, by: Agent, at: dt.datetime
) -> dict[str, list[str]]:
    """Set the given fields on the dossier, unsaved; those that its type does not ask go. Returns label → old, new.

    None takes a value away. A file is kept at once, in the caller's transaction. Raises ValueRefused.
    """
    asked = {field.key: field for field in fields_of(dossier.act_type_id)}
    labels = {field.key: field.label for field in CustomField.objects.filter(key__in=list(dossier.extra or {}))}
    if unknown := set(given) - set(asked):
        raise ValueRefused(f"Ce type d’acte n’a pas de champ « {sorted(unknown)[0]} » ; rechargez la page.")
    before: dict[str, str] = dict(dossier.extra or {})
    after = {key: value for key, value in before.items() if key in asked}
    changes = {}
    for key, value in given.items():
        field = asked[key]
        kept = _accepted(dossier, field, value, by=by, at=at)
        if kept:
            after[key] = kept
        else:
            after.pop(key, None)
    for key in dict.fromkeys([*before, *after]):
        if before.get(key, "") != after.get(key, ""):
            label = asked[key].label if key in asked else labels.get(key, key)
            changes[label] = [before.get(key, ""), after.get(key, "")]
    gone = [before[key] for key in before if before[key] != after.get(key)]
    dossier.attachments.filter(kind=Attachment.Kind.FIELD, id__in=_uuids(gone)).update(removed_at=at)
    dossier.extra = after
    return changes


def _accepted(
    dossier: Dossier, field: CustomField, value: str | FieldFile | None, *, by: Agent, at: dt.datetime
) -> str:
    if value is None:
        return ""
    try:
        if isinstance(value, FieldFile):
            if field.kind != FILE:
                raise NotAccepted(f"Le champ « {field.label} » n’attend pas de fichier.")
            return _kept(dossier, field, value, by=by, at=at)
        if field.kind == FILE:
            raise NotAccepted(f"Le champ « {field.label} » attend un fichier.")
        return accept_value(field.kind, field.label, field.choices, value)
    except NotAccepted as refusal:
        raise ValueRefused(str(refusal), field=input_name(field.key)) from refusal


def _kept(dossier: Dossier, field: CustomField, file: FieldFile, *, by: Agent, at: dt.datetime) -> str:
    accepted = accept_file(file.data, file.name)
    row = attachments.keep(
        dossier,
        file.data,
        kind=Attachment.Kind.FIELD,
        title=field.label,
        name=accepted.name,
        media_type=accepted.media_type,
        by=by,
        at=at,
        published=False,
    )
    return str(row.id)


def _uuids(values: Sequence[str]) -> list[UUID]:
    """Those of the values that are ids of files."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
