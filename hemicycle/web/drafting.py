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

from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.actions.describe_dossier import describe_dossier
from hemicycle.chain.drafting.actions.open_dossier import open_dossier
from hemicycle.chain.drafting.actions.withdraw_dossier import withdraw_dossier
from hemicycle.chain.drafting.queries import Detail
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
    form = OpeningForm(request.POST or None, units=units, on=on)
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            dossier = open_dossier(agent=request.user, at=timezone.now(), unit_id=form.unit_id(), **form.facts())
            messages.success(request, f"Le dossier {dossier.number} est ouvert. Écrivez maintenant son rapport.")
            return redirect("dossier", dossier.id)
    return render(request, "drafting/open.html", {"form": form}, status=409 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    dossier = writable(request, dossier_id).dossier
    on = timezone.localdate()
    form = DescriptionForm(request.POST or None, on=on, initial=DescriptionForm.initial_of(dossier))
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            describe_dossier(dossier_id=dossier_id, agent=request.user, at=timezone.now(), **form.facts())
            messages.success(request, "La description est enregistrée.")
            return redirect("dossier", dossier_id)
    context = {"form": form, "dossier": dossier}
    return render(request, "drafting/describe.html", context, status=409 if form.errors else 200)


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
