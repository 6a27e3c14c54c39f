"""The proofs of the signed acts: until when each holds, prolonged by a gesture."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.signing import proofs
from hemicycle.chain.signing.actions.ask_prolonging import ask_prolonging
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn
from hemicycle.web.doors import for_roles

KEEPERS = (Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR)
#: Acts of a page, hence of a gesture.
PAGE = 50


class ChosenField(forms.TypedMultipleChoiceField):
    """Dossiers; whether the proof of each may be prolonged is judged act by act."""

    def valid_value(self, value: object) -> bool:
        try:
            UUID(str(value))
        except ValueError:
            return False
        return True


class ChosenForm(forms.Form):
    ids = ChosenField(label="Actes", coerce=UUID, error_messages={"required": "Cochez au moins un acte."})


@for_roles(*KEEPERS)
@require_safe
def listed(request: SignedIn) -> HttpResponse:
    return _page(request)


def _page(request: SignedIn, *, form: ChosenForm | None = None) -> HttpResponse:
    now = timezone.now()
    soon = now + proofs.SOON
    every = request.GET.get("tous") == "oui"
    rows = proofs.listed() if every else proofs.listed(ending_before=soon)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": "signatures",
        "page": page,
        "query": "tous=oui" if every else "",
        "every": every,
        "now": now,
        "soon": soon,
        # Who keeps the machine reads no dossier.
        "readable": accounts.holds(request.user, Role.ASSEMBLY_OFFICE, on=timezone.localdate()),
        "form": form,
    }
    return render(request, "administration/proofs.html", context, status=409 if form else 200)


@for_roles(*KEEPERS)
@require_POST
def prolong(request: SignedIn) -> HttpResponse:
    """Each act by itself: one that cannot be leaves the others."""
    form = ChosenForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    asked = 0
    chosen = proofs.listed().filter(act__dossier__in=form.cleaned_data["ids"][:PAGE])
    for dossier_id in chosen.values_list("act__dossier", flat=True):
        try:
            ask_prolonging(dossier_id=dossier_id, agent=request.user, at=timezone.now())
            asked += 1
        except ActionRefused as refusal:
            messages.warning(request, str(refusal))
    if asked:
        messages.success(
            request,
            f"{asked} preuves sont en cours de prolongation."
            if asked > 1
            else "La preuve est en cours de prolongation.",
        )
    return redirect("proofs")


urls = [
    path("administration/signatures/preuves", listed, name="proofs"),
    path("administration/signatures/preuves/prolonger", prolong, name="prolong_proofs"),
]
