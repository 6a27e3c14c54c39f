"""« Modèles des actes »: how each kind of document is printed, written beside the page that it gives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.chain.printing import queries as printing
from hemicycle.chain.printing.actions.discard_draft import discard_draft
from hemicycle.chain.printing.actions.draft_model import ModelRefused, draft_model
from hemicycle.chain.printing.actions.publish_model import MAX_NOTE, publish_model
from hemicycle.chain.printing.actions.restore_model import restore_model
from hemicycle.chain.printing.document_models import NOTHING
from hemicycle.chain.printing.queries import KindOfModel
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.rendering.model import Kind
from hemicycle.rendering.model_checks import HEIGHTS, MOST_ALT
from hemicycle.web import model_preview
from hemicycle.web.access import SignedIn
from hemicycle.web.act_types import KEEPERS
from hemicycle.web.administration import OFFICE
from hemicycle.web.doors import for_roles
from hemicycle.web.refusals import refusals_beside


class ModelForm(forms.Form):
    """The words of a model, one field each, then its logo. What they may say, the action judges."""

    logo = forms.FileField(
        label="Logo",
        required=False,
        help_text="PNG, JPEG ou SVG sans texte, 2 Mo au plus. Il va à gauche ; la droite est gardée pour le tampon.",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.svg"}),
    )
    alt = forms.CharField(
        label="Ce que montre le logo",
        required=False,
        max_length=MOST_ALT,
        help_text="Lu à qui ne le voit pas, par exemple : Blason du Département.",
    )
    height = forms.IntegerField(
        label="Hauteur du logo, en millimètres", required=False, min_value=HEIGHTS[0], max_value=HEIGHTS[1]
    )
    remove_logo = forms.BooleanField(label="Retirer le logo", required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, kind: Kind, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for words in kind.words:
            widget = forms.Textarea(attrs={"rows": words.lines}) if words.lines > 1 else forms.TextInput()
            field = forms.CharField(label=words.label, required=False, help_text=words.help, widget=widget, strip=False)
            # Nearly all may be empty: it is not said of each.
            field.asked_later = True  # type: ignore[attr-defined]
            self.fields[f"t_{words.key}"] = field
        if not has_logo:
            del self.fields["remove_logo"]

    def words(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("t_")]

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "texts": {name[2:]: value for name, value in said.items() if name.startswith("t_")},
            "logo": said["logo"].read() if said["logo"] else None,
            "keep_logo": not said.get("remove_logo"),
            "alt": said["alt"],
            "height": said["height"] or 16,
            "seen": said["seen"] or 0,
        }


class PublishForm(forms.Form):
    valid_from = forms.DateField(
        label="À partir du",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    note = forms.CharField(label="Ce qui change", required=False, max_length=MAX_NOTE)
    seen = forms.IntegerField(widget=forms.HiddenInput)


@for_roles(*OFFICE)
@require_safe
def document_models(request: SignedIn) -> HttpResponse:
    on = timezone.localdate()
    may_set = accounts.holds(request.user, *KEEPERS, on=on)
    context = {"tab": "document_models", "kinds": printing.kinds(on=on), "may_set": may_set}
    return render(request, "administration/document_models.html", context)


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def document_model(request: SignedIn, kind: str) -> HttpResponse:
    found = _kind(kind)
    content = _content(found)
    order = request.POST.getlist("order") or model_preview.order_of(found.kind, content)
    shown = request.POST.getlist("shown") if request.method == "POST" else model_preview.shown_of(found.kind, content)
    form = ModelForm(
        found.kind, request.POST or None, request.FILES or None, initial=_initial(found), has_logo=bool(content["logo"])
    )
    if request.method == "POST" and form.is_valid():
        order = _moved(order, request.POST.get("move", ""))
        if _saved(request, found, form, [key for key in order if key in shown]):
            place = "blocs" if request.POST.get("move") else "resultat"
            return redirect(f"{request.path}?{request.GET.urlencode()}#{place}")
    return _page(request, found, form=form, order=order, shown=shown)


def _saved(request: SignedIn, found: KindOfModel, form: ModelForm, parts: list[str]) -> bool:
    with refusals_beside(form):
        try:
            draft_model(kind=found.kind.key, parts=parts, agent=request.user, at=timezone.now(), **form.facts())
        except ModelRefused as refusal:
            for fault in refusal.faults:
                name = fault.field.replace("text:", "t_")
                form.add_error(name if name in form.fields else None, fault.sentence)
            return False
        messages.success(request, "Le brouillon est enregistré ; rien ne change tant qu’il n’est pas publié.")
        return True
    return False


def _page(
    request: SignedIn,
    found: KindOfModel,
    *,
    form: ModelForm | None = None,
    publish: PublishForm | None = None,
    order: list[str] | None = None,
    shown: list[str] | None = None,
) -> HttpResponse:
    content = _content(found)
    made = form or ModelForm(found.kind, initial=_initial(found), has_logo=bool(content["logo"]))
    initial = {"valid_from": timezone.localdate(), "seen": found.draft.revision if found.draft else 0}
    context = {
        "tab": "document_models",
        "found": found,
        "form": made,
        "publish": publish or PublishForm(initial=initial),
        "parts": model_preview.rows(
            found.kind,
            model_preview.order_of(found.kind, content) if order is None else order,
            model_preview.shown_of(found.kind, content) if shown is None else shown,
        ),
        # Without the fragment of the address: what is refused is said on top.
        "action": request.get_full_path() if form is not None else "",
        "preview": model_preview.preview(request, found, content),
    }
    refused = bool(made.errors or (publish and publish.errors))
    return render(request, "administration/document_model.html", context, status=409 if refused else 200)


@for_roles(*KEEPERS)
@require_POST
def publish(request: SignedIn, kind: str) -> HttpResponse:
    found = _kind(kind)
    form = PublishForm(request.POST)
    if form.is_valid():
        with refusals_beside(form):
            made = publish_model(kind=kind, agent=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"La version {made.number} est publiée ; les actes déjà établis ne changent pas.")
            return redirect("document_model", kind)
    return _page(request, found, publish=form)


@for_roles(*KEEPERS)
@require_POST
def discard(request: SignedIn, kind: str) -> HttpResponse:
    _kind(kind)
    try:
        discard_draft(kind=kind, agent=request.user, at=timezone.now())
        messages.success(request, "Le brouillon est abandonné.")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("document_model", kind)


@for_roles(*KEEPERS)
@require_POST
def restore(request: SignedIn, kind: str, number: int) -> HttpResponse:
    _kind(kind)
    try:
        restore_model(kind=kind, number=number, agent=request.user, at=timezone.now())
        what = f"La version {number}" if number else "Le modèle d’origine"
        messages.success(request, f"{what} est repris comme brouillon ; publiez-le pour qu’il serve.")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("document_model", kind)


def _kind(key: str) -> KindOfModel:
    try:
        return printing.kind(key, on=timezone.localdate())
    except KeyError:
        raise Http404 from None


def _content(found: KindOfModel) -> dict[str, Any]:
    """What the form starts from: the draft, or else what is in force."""
    version = found.draft or found.in_force
    content: dict[str, Any] = version.content if version else NOTHING
    return content


def _initial(found: KindOfModel) -> dict[str, Any]:
    content = _content(found)
    logo = content["logo"] or {}
    words = {f"t_{w.key}": content["texts"].get(w.key, w.origin) for w in found.kind.words}
    seen = found.draft.revision if found.draft else 0
    return {**words, "alt": logo.get("alt", ""), "height": logo.get("height", 16), "seen": seen}


def _moved(order: list[str], asked: str) -> list[str]:
    """The order with one block a step up or down: « vote:monter »."""
    key, _, way = asked.partition(":")
    if key not in order:
        return order
    place = order.index(key)
    other = place + (-1 if way == "monter" else 1)
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


MODEL = "administration/modeles-des-actes/<slug:kind>"
urls = [
    path("administration/modeles-des-actes", document_models, name="document_models"),
    path(MODEL, document_model, name="document_model"),
    path(f"{MODEL}/publier", publish, name="publish_document_model"),
    path(f"{MODEL}/abandonner", discard, name="discard_document_model"),
    path(f"{MODEL}/versions/<int:number>/reprendre", restore, name="restore_document_model"),
    *model_preview.urls,
]
