"""The models of reports and deliberations: written, tried on a real dossier, compared, kept in versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Unit
from hemicycle.chain.drafting import custom_fields, text_models
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.actions.save_model import MAX_NAME, save_model
from hemicycle.chain.drafting.actions.switch_model import switch_model
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts import comparison_html
from hemicycle.texts.comparison import compare
from hemicycle.texts.markup import editable_as_markup, from_markup, to_markup
from hemicycle.texts.reading import read_document
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import Doc, clean
from hemicycle.web.access import SignedIn
from hemicycle.web.act_text import act_html, scrolling, without_headings
from hemicycle.web.act_types import KEEPERS
from hemicycle.web.administration import OFFICE
from hemicycle.web.doors import for_roles
from hemicycle.web.refusals import refusals_beside

#: Dossiers offered to try a model on.
TRIED_ON = 30


class ModelForm(forms.Form):
    name = forms.CharField(label="Nom du modèle", max_length=MAX_NAME)
    text = forms.ChoiceField(label="Texte", choices=text_models.TEXTS)
    act_type = forms.TypedChoiceField(label="Type d’acte", required=False, coerce=int, empty_value=None)
    unit = forms.TypedChoiceField(label="Direction", required=False, coerce=int, empty_value=None)
    content = forms.CharField(
        label="Texte du modèle",
        required=False,
        strip=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "true"}),
    )
    file = forms.FileField(
        label="Reprendre un fichier Word (.docx) ou LibreOffice (.odt)",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.odt"}),
        help_text="Son texte remplace celui du champ ci-dessus, où vous mettez les champs avant d’enregistrer.",
    )
    note = forms.CharField(label="Ce qui change", required=False, max_length=200)

    def __init__(self, *args: Any, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = timezone.localdate()
        kinds = (Unit.Kind.POLE, Unit.Kind.DIRECTION, Unit.Kind.SERVICE)
        units = Unit.objects.on(on).filter(kind__in=kinds).order_by("name")
        _offer(self, "act_type", "tous les types", [(t.pk, t.name) for t in custom_fields.act_types(all_of_them=True)])
        _offer(self, "unit", "toutes les directions", [(u.pk, u.name) for u in units])
        if known:
            del self.fields["text"]

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "name": said["name"],
            "act_type_id": said["act_type"],
            "unit_id": said["unit"],
            "note": said["note"],
            "content": from_markup(said["content"]),
        }


def _offer(form: forms.Form, name: str, empty: str, rows: list[tuple[Any, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", empty), *((str(key), label) for key, label in rows)]


@for_roles(*OFFICE)
@require_safe
def models(request: SignedIn) -> HttpResponse:
    context = {"tab": "text_models", "models": text_models.every_model(), "may_set": _may_set(request)}
    return render(request, "administration/text_models.html", context)


def _may_set(request: SignedIn) -> bool:
    return accounts.holds(request.user, *KEEPERS, on=timezone.localdate())


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_model(request: SignedIn) -> HttpResponse:
    return _writing(request, None)


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_model(request: SignedIn, model_id: int) -> HttpResponse:
    return _writing(request, _model(model_id))


def _model(model_id: int) -> Any:
    try:
        return text_models.model(model_id)
    except ObjectDoesNotExist:
        raise Http404 from None


def _writing(request: SignedIn, model: Any) -> HttpResponse:
    form = ModelForm(request.POST or None, request.FILES or None, known=model is not None, initial=_initial(model))
    notes: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        if "read" in request.POST:
            form, notes = _read(request, form, known=model is not None)
        elif answer := _saved(request, form, model):
            return answer
    chosen = form["act_type"].value() or None
    type_id = int(str(chosen)) if str(chosen).isdecimal() else None
    context = {
        "tab": "text_models",
        "form": form,
        "model": model,
        "notes": notes,
        "known": text_models.known_fields(type_id),
        "complex": model is not None and not editable_as_markup(clean(model.versions.all()[0].content)),
    }
    return render(request, "administration/text_model.html", context, status=409 if form.errors else 200)


def _initial(model: Any) -> dict[str, Any]:
    if model is None:
        return {}
    tree = clean(model.versions.all()[0].content)
    return {
        "name": model.name,
        "act_type": model.act_type_id or "",
        "unit": model.unit_id or "",
        "content": to_markup(tree) if editable_as_markup(tree) else "",
    }


def _saved(request: SignedIn, form: ModelForm, model: Any) -> HttpResponse | None:
    """Back to the model once it is kept; None when it is refused, which the form says."""
    try:
        facts = form.facts()
    except TextRefused as refusal:
        form.add_error("content", str(refusal))
        return None
    text = model.text if model else form.cleaned_data["text"]
    with refusals_beside(form):
        model_id = model.pk if model else None
        made = save_model(model_id=model_id, text=text, agent=request.user, at=timezone.now(), **facts)
        messages.success(request, f"La version {made.number} du modèle « {made.model.name} » est enregistrée.")
        return redirect("model_version", made.model.pk, made.number)
    return None


def _read(request: SignedIn, form: ModelForm, *, known: bool) -> tuple[ModelForm, tuple[str, ...]]:
    """The same form with the text of the file in its field; nothing is kept yet."""
    file = form.cleaned_data.get("file")
    if not file:
        form.add_error("file", "Choisissez d’abord le fichier à reprendre.")
        return form, ()
    try:
        reading = read_document(file.read(), file.name)
        content = to_markup(reading.doc)
    except TextRefused as refusal:
        form.add_error("file", str(refusal))
        return form, ()
    data = request.POST.copy()
    data["content"] = content
    return ModelForm(initial=data.dict(), known=known), tuple(reading.notes)


@for_roles(*OFFICE)
@require_safe
def model_version(request: SignedIn, model_id: int, number: int) -> HttpResponse:
    """One version, with what changed since the one before; filled from a dossier when one is chosen."""
    model = _model(model_id)
    shown = next((v for v in model.versions.all() if v.number == number), None)
    if shown is None:
        raise Http404
    before = next((v for v in model.versions.all() if v.number == number - 1), None)
    tree = clean(shown.content)
    tried = _tried(request)
    context = {
        "tab": "text_models",
        "model": model,
        "version": shown,
        "latest": model.versions.all()[0].number == number,
        "text": act_html(text_models.filled(tree, tried) if tried else tree),
        "tried": tried,
        "dossiers": _dossiers(request),
        "changes": _changes(clean(before.content), tree) if before else "",
        "before": before,
        "may_set": _may_set(request),
    }
    return render(request, "administration/model_version.html", context)


def _changes(old: Doc, new: Doc) -> str:
    html = comparison_html.to_html(compare(old, new), heading_shift=2)
    return mark_safe(without_headings(scrolling(html, "Tableau comparé")))  # noqa: S308 - escaped by texts.html


def _dossiers(request: SignedIn) -> list[Dossier]:
    return list(drafting.all_visible(request.user, on=timezone.localdate())[:TRIED_ON])


def _tried(request: SignedIn) -> Dossier | None:
    """The dossier to fill the model from, among those that the reader may read."""
    try:
        wanted = UUID(request.GET.get("dossier", ""))
    except ValueError:
        return None
    found = drafting.all_visible(request.user, on=timezone.localdate()).filter(id=wanted)
    return found.select_related("unit__parent", "act_type", "rapporteur__agent", "lead").first()


@for_roles(*KEEPERS)
@require_POST
def restore_version(request: SignedIn, model_id: int, number: int) -> HttpResponse:
    """An older version becomes the next one: history only ever grows."""
    model = _model(model_id)
    old = next((v for v in model.versions.all() if v.number == number), None)
    if old is None:
        raise Http404
    try:
        made = save_model(
            model_id=model_id,
            name=model.name,
            text=model.text,
            act_type_id=model.act_type_id,
            unit_id=model.unit_id,
            content=old.content,
            note=f"reprise de la version {number}",
            agent=request.user,
            at=timezone.now(),
        )
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("model_version", model_id, number)
    messages.success(request, f"La version {number} est reprise ; elle est maintenant la version {made.number}.")
    return redirect("model_version", model_id, made.number)


@for_roles(*KEEPERS)
@require_POST
def switch(request: SignedIn, model_id: int) -> HttpResponse:
    active = request.POST.get("active") == "1"
    try:
        switch_model(model_id=model_id, active=active, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("text_models")


MODEL = "administration/modeles/<int:model_id>"
urls = [
    path("administration/modeles", models, name="text_models"),
    path("administration/modeles/nouveau", new_model, name="new_model"),
    path(MODEL, edit_model, name="text_model"),
    path(f"{MODEL}/etat", switch, name="switch_model"),
    path(f"{MODEL}/versions/<int:number>", model_version, name="model_version"),
    path(f"{MODEL}/versions/<int:number>/reprendre", restore_version, name="restore_model"),
]
