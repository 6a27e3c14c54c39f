"""The custom fields of a type of act, in the forms of a dossier: one input each, read back as the actions take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from hemicycle.chain.drafting import custom_fields
from hemicycle.chain.drafting.custom_fields import FieldFile, FieldValue, input_name
from hemicycle.chain.drafting.custom_values import CHOICE, DATE, FILE, MAX_VALUE, NUMBER

ASKED_LATER = "À remplir avant la soumission."


class Present:
    """The file that the dossier has, as the file input of Django shows it: a link and its name."""

    def __init__(self, value: FieldValue) -> None:
        self.url = reverse("piece", args=[value.attachment_id])
        self.name = value.shown

    def __str__(self) -> str:
        return self.name


def inputs(
    act_type_id: int | None, values: Sequence[FieldValue] = (), extra: Mapping[str, str] | None = None
) -> dict[str, forms.Field]:
    """Name of the input → input, in order. `values` and `extra` are those of the dossier, when there is one."""
    files = {value.key: Present(value) for value in values if value.attachment_id}
    kept = extra or {}
    made = {}
    for field in custom_fields.fields_of(act_type_id):
        initial = files.get(field.key) if field.kind == FILE else kept.get(field.key, "")
        made[input_name(field.key)] = _input(field, initial)
    return made


def _input(field: Any, initial: Any) -> forms.Field:
    help_text = " ".join(word for word in (field.help, ASKED_LATER if field.required else "") if word)
    shared: dict[str, Any] = {"label": field.label, "required": False, "help_text": help_text, "initial": initial}
    made: forms.Field
    if field.kind == CHOICE:
        made = forms.ChoiceField(choices=[("", "choisir…"), *((word, word) for word in field.choices)], **shared)
    elif field.kind == DATE:
        # Read by the action, which says what is wrong in the words of the field.
        made = forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), max_length=20, **shared)
    elif field.kind == FILE:
        made = forms.FileField(max_length=300, **shared)
    elif field.kind == NUMBER:
        number = forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})
        made = forms.CharField(widget=number, max_length=40, **shared)
    else:
        made = forms.CharField(max_length=MAX_VALUE, **shared)
    # Said by the field itself in place of « facultatif »: components/_field.html reads it.
    setattr(made, "asked_later", field.required)  # noqa: B010 - no field of Django has it
    return made


def read(form: forms.Form) -> dict[str, str | FieldFile | None]:
    """What the form says of the custom fields, by key; a file left as it is is not said."""
    said: dict[str, str | FieldFile | None] = {}
    for name, value in form.cleaned_data.items():
        if not name.startswith(input_name("")):
            continue
        key = name.removeprefix(input_name(""))
        if isinstance(form.fields[name], forms.FileField):
            if isinstance(value, UploadedFile):
                said[key] = FieldFile(name=value.name or "", data=value.read())
            elif value is False:
                said[key] = None
        else:
            said[key] = value
    return said
