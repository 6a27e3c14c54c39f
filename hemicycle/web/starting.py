"""Where a text or a dossier may start from: a model, another dossier, the report of another deliberation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting import text_models
from hemicycle.chain.drafting.actions.add_deliberation import add_deliberation
from hemicycle.chain.drafting.actions.apply_model import apply_model
from hemicycle.chain.drafting.actions.duplicate_dossier import duplicate_dossier
from hemicycle.chain.drafting.queries import Detail
from hemicycle.chain.drafting.rules import MAX_OBJECT
from hemicycle.chain.drafting.text_models import Offered
from hemicycle.texts.tree import clean, is_empty
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.act_text import act_html
from hemicycle.web.drafting import writable
from hemicycle.web.drafting_forms import AmountField, subjects
from hemicycle.web.refusals import refusals_beside

NAMES = {"report": "le rapport", "deliberation": "le projet de délibération"}
TABS = {"report": "rapport", "deliberation": "deliberation"}


class ModelChoiceForm(forms.Form):
    model = forms.TypedChoiceField(label="Modèle", coerce=int, widget=forms.RadioSelect)
    replace = forms.BooleanField(label="Remplacer le texte déjà écrit", required=False)

    def __init__(self, *args: Any, models: list[Offered], written: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["model"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(m.id, f"{m.name} ({m.why})" if m.why else m.name) for m in models]
        if written:
            self.fields["replace"].help_text = "Une version du dossier garde le texte d’aujourd’hui."
        else:
            del self.fields["replace"]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def from_model(request: SignedIn, dossier_id: UUID, text: str) -> HttpResponse:
    dossier = writable(request, dossier_id).dossier
    if text == "report" and dossier.lead:
        return redirect("start_report", dossier.lead_id)
    models = text_models.offered(text, act_type_id=dossier.act_type_id, unit=dossier.unit)
    written = getattr(dossier, text)
    has_text = bool(written) and not is_empty(clean(written))
    seen = next((m for m in models if str(m.id) == request.GET.get("model")), models[0] if models else None)
    initial = {"model": seen.id if seen else None}
    form = ModelChoiceForm(request.POST or None, models=models, written=has_text, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            facts = {"model_id": form.cleaned_data["model"], "replace": form.cleaned_data.get("replace", False)}
            apply_model(dossier_id=dossier_id, agent=request.user, at=timezone.now(), **facts)
            messages.success(request, f"C’est fait : {NAMES[text]} part du modèle ; complétez ce qui y est signalé.")
            return redirect("dossier_tab", dossier_id, TABS[text])
    context = {
        "dossier": dossier,
        "name": NAMES[text],
        "tab": TABS[text],
        "form": form,
        "models": models,
        "seen": seen,
        "preview": act_html(text_models.filled(text_models.last_version(seen.id).content, dossier)) if seen else "",
    }
    return render(request, "drafting/from_model.html", context, status=409 if form.errors else 200)


class DeliberationForm(forms.Form):
    object = forms.CharField(
        label="Objet de cette délibération",
        max_length=MAX_OBJECT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Une phrase, {MAX_OBJECT} caractères au plus.",
    )
    amount = AmountField(
        label="Montant en euros",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
        help_text="Celui de cette délibération seule.",
    )
    subject_code = forms.ChoiceField(label="Matière", choices=subjects)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def another_deliberation(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = writable(request, dossier_id)
    lead = detail.dossier
    if lead.lead:
        return redirect("add_deliberation", lead.lead_id)
    form = DeliberationForm(request.POST or None, initial={"subject_code": lead.subject_code})
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            made = add_deliberation(lead_id=dossier_id, agent=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"La délibération {made.number} est ouverte ; écrivez-la.")
            return redirect("dossier_tab", made.id, "deliberation")
    context = {"dossier": lead, "form": form, "companions": detail.related.companions}
    return render(request, "drafting/add_deliberation.html", context, status=409 if form.errors else 200)


class DuplicateForm(forms.Form):
    unit = forms.TypedChoiceField(label="Service", coerce=int, help_text="Celui pour lequel vous rédigez.")
    object = forms.CharField(
        label="Objet du nouveau dossier", max_length=MAX_OBJECT, widget=forms.Textarea(attrs={"rows": 3})
    )
    texts = forms.BooleanField(label="Reprendre le rapport et la délibération", required=False, initial=True)
    annexes = forms.MultipleChoiceField(
        label="Annexes à reprendre", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, units: list[Any], detail: Detail, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, annexes = self.fields["unit"], self.fields["annexes"]
        assert isinstance(unit, forms.ChoiceField) and isinstance(annexes, forms.MultipleChoiceField)
        unit.choices = [(u.pk, u.name) for u in units]
        annexes.choices = [(str(a.id), a.title) for a in detail.annexes if not a.confidential]
        if not annexes.choices:
            del self.fields["annexes"]

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "unit_id": said["unit"],
            "object": said["object"],
            "texts": said["texts"],
            "annex_ids": [UUID(one) for one in said.get("annexes", ())],
        }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    on = timezone.localdate()
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=on)
    units = drafting.units_to_draft_for(request.user, on=on)
    if not units:
        raise Http404
    own = next((u.pk for u in units if u.pk == detail.dossier.unit_id), units[0].pk)
    initial = {"object": detail.dossier.object, "unit": own}
    form = DuplicateForm(request.POST or None, units=units, detail=detail, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            made = duplicate_dossier(dossier_id=dossier_id, agent=request.user, at=timezone.now(), **form.facts())
            messages.success(request, f"Le dossier {made.number} est ouvert, issu de {detail.dossier.number}.")
            return redirect("describe", made.id)
    context = {"dossier": detail.dossier, "form": form}
    return render(request, "drafting/duplicate.html", context, status=409 if form.errors else 200)


REPORT, DELIBERATION = {"text": "report"}, {"text": "deliberation"}
urls = [
    path("dossiers/<uuid:dossier_id>/rapport/modele", from_model, REPORT, name="start_report"),
    path("dossiers/<uuid:dossier_id>/deliberation/modele", from_model, DELIBERATION, name="start_deliberation"),
    path("dossiers/<uuid:dossier_id>/deliberations/nouvelle", another_deliberation, name="add_deliberation"),
    path("dossiers/<uuid:dossier_id>/dupliquer", duplicate, name="duplicate"),
]
