"""The types of act and the data that each asks for, kept by the service des assemblées."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.drafting import custom_fields
from hemicycle.chain.drafting.actions.order_custom_fields import order_custom_fields
from hemicycle.chain.drafting.actions.save_act_type import MAX_NAME, save_act_type
from hemicycle.chain.drafting.actions.save_custom_field import MAX_HELP, MAX_LABEL, save_custom_field
from hemicycle.chain.drafting.actions.switch_act_type import switch_act_type
from hemicycle.chain.drafting.actions.switch_custom_field import switch_custom_field
from hemicycle.dossier.models import ActType, Nature
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn
from hemicycle.web.administration import OFFICE
from hemicycle.web.doors import for_roles
from hemicycle.web.refusals import refusals_beside

KEEPERS = (Role.ASSEMBLY_OFFICE,)


class TypeForm(forms.Form):
    name = forms.CharField(label="Nom du type", max_length=MAX_NAME, help_text="Par exemple : Subvention.")
    nature = forms.ChoiceField(
        label="Nature de l’acte",
        required=False,
        choices=Nature.choices,
        help_text="Une délibération se vote ; un arrêté ou une décision se prend par le président, sans séance.",
    )


class FieldForm(forms.Form):
    label = forms.CharField(label="Nom du champ", max_length=MAX_LABEL, help_text="Par exemple : Bénéficiaire.")
    act_type = forms.TypedChoiceField(label="Demandé", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="Ce qu’il contient", choices=custom_fields.KINDS)
    choices = forms.CharField(
        label="Choix possibles",
        required=False,
        max_length=12_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Un par ligne, pour un choix dans une liste.",
    )
    help = forms.CharField(label="Aide sous le champ", required=False, max_length=MAX_HELP)
    required = forms.BooleanField(label="À remplir avant la soumission", required=False)

    def __init__(self, *args: Any, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            # What dossiers say already would change its meaning.
            del self.fields["kind"], self.fields["act_type"]
            return
        offered = self.fields["act_type"]
        assert isinstance(offered, forms.ChoiceField)
        types = custom_fields.act_types()
        offered.choices = [("", "pour tous les dossiers"), *((str(t.pk), f"pour « {t.name} »") for t in types)]

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {
            **{name: said[name] for name in ("label", "help", "required")},
            "choices": said["choices"].splitlines(),
            "kind": said.get("kind", ""),
            "act_type_id": said.get("act_type"),
        }


@dataclass(frozen=True, kw_only=True)
class TypeLine:
    """A type of act and its fields; `act_type` None for the fields of all dossiers."""

    act_type: ActType | None
    fields: Sequence[Any]
    aside: Sequence[Any]


def _lines() -> list[TypeLine]:
    every = custom_fields.every_field()
    types: list[ActType | None] = [None, *custom_fields.act_types(all_of_them=True)]
    types.sort(key=lambda t: t is not None and not t.active)
    return [
        TypeLine(
            act_type=t,
            fields=[f for f in every if f.active and f.act_type_id == (t.pk if t else None)],
            aside=[f for f in every if not f.active and f.act_type_id == (t.pk if t else None)],
        )
        for t in types
    ]


@for_roles(*OFFICE)
@require_safe
def types(request: SignedIn) -> HttpResponse:
    return _page(request, TypeForm(auto_id="id_nouveau_%s"))


def _page(request: SignedIn, form: TypeForm, *, status: int = 200) -> HttpResponse:
    may_set = accounts.holds(request.user, *KEEPERS, on=timezone.localdate())
    context = {"tab": "act_types", "lines": _lines(), "form": form, "may_set": may_set}
    return render(request, "administration/act_types.html", context, status=status)


@for_roles(*KEEPERS)
@require_POST
def save_type(request: SignedIn, act_type_id: int | None = None) -> HttpResponse:
    form = TypeForm(request.POST, auto_id="id_nouveau_%s")
    if form.is_valid():
        with refusals_beside(form):
            made = save_act_type(act_type_id=act_type_id, agent=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Le type d’acte « {made.name} » est enregistré.")
            return redirect("act_types")
    return _page(request, form, status=409)


@for_roles(*KEEPERS)
@require_POST
def switch_type(request: SignedIn, act_type_id: int) -> HttpResponse:
    active = request.POST.get("active") == "1"
    try:
        switch_act_type(act_type_id=act_type_id, active=active, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("act_types")


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_field(request: SignedIn) -> HttpResponse:
    form = FieldForm(request.POST or None, known=False, initial={"act_type": request.GET.get("type", "")})
    return _field_page(request, form, None)


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_field(request: SignedIn, field_id: int) -> HttpResponse:
    field = next((f for f in custom_fields.every_field() if f.pk == field_id), None)
    if field is None:
        raise Http404
    initial = {
        "label": field.label,
        "choices": "\n".join(field.choices),
        "help": field.help,
        "required": field.required,
    }
    return _field_page(request, FieldForm(request.POST or None, known=True, initial=initial), field)


def _field_page(request: SignedIn, form: FieldForm, field: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            field_id = field.pk if field else None
            made = save_custom_field(field_id=field_id, agent=request.user, at=timezone.now(), **form.facts())
            messages.success(
                request, f"Le champ « {made.label} » est enregistré ; les modèles le nomment {{{made.key}}}."
            )
            return redirect("act_types")
    context = {"tab": "act_types", "form": form, "field": field}
    return render(request, "administration/custom_field.html", context, status=409 if form.errors else 200)


@for_roles(*KEEPERS)
@require_POST
def switch_field(request: SignedIn, field_id: int) -> HttpResponse:
    active = request.POST.get("active") == "1"
    try:
        switch_custom_field(field_id=field_id, active=active, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("act_types")


@for_roles(*KEEPERS)
@require_POST
def order_fields(request: SignedIn) -> HttpResponse:
    """One field a place higher: `ids` are those of the page, in their order."""
    ids = [int(word) for word in request.POST.getlist("ids") if word.isascii() and word.isdigit()][:200]
    act_type = request.POST.get("type", "")
    up = request.POST.get("up", "")
    if up.isdigit() and int(up) in ids[1:]:
        place = ids.index(int(up))
        ids[place - 1], ids[place] = ids[place], ids[place - 1]
    type_id = int(act_type) if act_type.isascii() and act_type.isdigit() and len(act_type) < 10 else None
    try:
        order_custom_fields(act_type_id=type_id, field_ids=ids, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("act_types")


urls = [
    path("administration/types", types, name="act_types"),
    path("administration/types/nouveau", save_type, name="new_act_type"),
    path("administration/types/<int:act_type_id>", save_type, name="save_act_type"),
    path("administration/types/<int:act_type_id>/etat", switch_type, name="switch_act_type"),
    path("administration/champs/nouveau", new_field, name="new_custom_field"),
    path("administration/champs/ordre", order_fields, name="order_custom_fields"),
    path("administration/champs/<int:field_id>", edit_field, name="custom_field"),
    path("administration/champs/<int:field_id>/etat", switch_field, name="switch_custom_field"),
]
