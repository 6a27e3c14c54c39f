"""Opening, describing, writing and withdrawing a dossier."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hemicycle.accounts.models import Unit
from hemicycle.chain.drafting import custom_fields, text_models
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.actions.apply_model import apply_model
from hemicycle.chain.drafting.actions.describe_dossier import describe_dossier
from hemicycle.chain.drafting.actions.open_dossier import open_dossier
from hemicycle.chain.drafting.actions.withdraw_dossier import withdraw_dossier
from hemicycle.chain.drafting.queries import Detail
from hemicycle.chain.drafting.rules import MAX_OBJECT
from hemicycle.chain.sitting import queries as sitting
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web import extra_fields
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.drafting_forms import DescriptionForm, OpeningForm, ReasonForm
from hemicycle.web.refusals import refusals_beside


def writable(request: SignedIn, dossier_id: UUID) -> Detail:
    """The dossier, for whoever writes it now. Raises Http404 for anyone else, and at any other stage."""
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    if not detail.may_write:
        raise Http404
    return detail


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def open_(request: SignedIn) -> HttpResponse:
    on = timezone.localdate()
    units = drafting.units_to_draft_for(request.user, on=on)
    if not units:
        raise Http404
    form = _opening(request, units)
    shown_again = "show" in request.POST
    if request.method == "POST" and not shown_again and form.is_valid():
        with refusals_beside(form):
            dossier = open_dossier(agent=request.user, at=timezone.now(), unit_id=form.unit_id(), **form.facts())
            begun = _start_from_models(request, dossier.id, form.models())
            then = "Relisez ses textes, qui partent des modèles." if begun else "Écrivez maintenant son rapport."
            messages.success(request, f"Le dossier {dossier.number} est ouvert. {then}")
            return redirect("dossier", dossier.id)
    context = {"form": form, "sittings": _next_sittings(request)}
    return render(request, "drafting/open.html", context, status=409 if form.is_bound and form.errors else 200)


def _opening(request: SignedIn, units: list[Unit]) -> OpeningForm:
    """The form for the type and the unit chosen; asked again for another type, it keeps what was typed."""
    data = request.POST if request.method == "POST" else request.GET
    unit = next((unit for unit in units if str(unit.pk) == data.get("unit")), units[0])
    chosen = _act_type(data.get("act_type"))
    models = {text: text_models.offered(text, act_type_id=chosen, unit=unit) for text, _ in text_models.TEXTS}
    more: dict[str, Any] = {
        "on": timezone.localdate(),
        "units": units,
        "models": models,
        "usual": drafting.usual_subjects(chosen, [unit.pk]),
        "extra": extra_fields.inputs(chosen),
        "voted": custom_fields.is_voted(chosen),
    }
    if request.method == "POST" and "show" not in request.POST:
        return OpeningForm(request.POST, request.FILES, **more)
    again = ("object", "body", "subject_code", "theme", "rapporteur", "amount", "target_date", "unit")
    typed = {name: data[name][:MAX_OBJECT] for name in again if data.get(name)}
    typed |= {name: data[name][:500] for name in more["extra"] if data.get(name)}
    return OpeningForm(initial=typed | {"act_type": chosen or "", "unit": str(unit.pk)}, **more)


def _act_type(written: str | None) -> int | None:
    """The type of act chosen, when it is in service."""
    return next((t.pk for t in custom_fields.act_types() if str(t.pk) == written), None)


def _start_from_models(request: SignedIn, dossier_id: UUID, models: list[int]) -> bool:
    """Whether a text was begun; what a model refuses is told, and the dossier is open all the same."""
    begun = False
    for model_id in models:
        try:
            apply_model(dossier_id=dossier_id, model_id=model_id, agent=request.user, at=timezone.now())
            begun = True
        except ActionRefused as refusal:
            messages.warning(request, str(refusal))
    return begun


def _next_sittings(request: SignedIn) -> list[Any]:
    on = timezone.localdate()
    return list(sitting.visible_to(request.user, on=on).filter(starts_at__date__gte=on).order_by("starts_at")[:3])


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = writable(request, dossier_id)
    dossier = detail.dossier
    shown_again = "show" in request.POST
    form = _description(request, detail, shown_again=shown_again)
    if request.method == "POST" and not shown_again and form.is_valid():
        with refusals_beside(form):
            describe_dossier(dossier_id=dossier_id, agent=request.user, at=timezone.now(), **form.facts())
            messages.success(request, "La description est enregistrée.")
            return redirect("dossier", dossier_id)
    context = {"form": form, "dossier": dossier, "sittings": _next_sittings(request)}
    return render(request, "drafting/describe.html", context, status=409 if form.is_bound and form.errors else 200)


def _description(request: SignedIn, detail: Detail, *, shown_again: bool) -> DescriptionForm:
    dossier = detail.dossier
    chosen = _act_type(request.POST.get("act_type")) if request.method == "POST" else dossier.act_type_id
    more: dict[str, Any] = {
        "on": timezone.localdate(),
        "usual": drafting.usual_subjects(chosen, [dossier.unit_id]),
        "extra": extra_fields.inputs(chosen, detail.related.fields, dossier.extra),
        "voted": custom_fields.is_voted(chosen),
    }
    if request.method == "POST" and not shown_again:
        return DescriptionForm(request.POST, request.FILES, **more)
    initial = DescriptionForm.initial_of(dossier)
    if shown_again:
        initial |= {name: request.POST[name][:MAX_OBJECT] for name in initial if name in request.POST}
    return DescriptionForm(initial=initial, **more)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    on = timezone.localdate()
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=on)
    if not drafting.may_withdraw(detail.dossier, request.user, on=on):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            withdraw_dossier(dossier_id=dossier_id, agent=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Le dossier {detail.dossier.number} est retiré.")
            return redirect("dossier", dossier_id)
    context: dict[str, Any] = {"form": form, "dossier": detail.dossier}
    return render(request, "drafting/withdraw.html", context, status=409 if form.errors else 200)


urls = [
    path("dossiers/nouveau", open_, name="open_dossier"),
    path("dossiers/<uuid:dossier_id>/decrire", describe, name="describe"),
    path("dossiers/<uuid:dossier_id>/retirer", withdraw, name="withdraw"),
]
