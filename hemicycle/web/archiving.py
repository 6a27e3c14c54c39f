"""The deposits in the archive: what was taken over, what was refused and why."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.archiving import queries
from hemicycle.chain.archiving.actions.retry_deposit import retry_deposit
from hemicycle.web.access import SignedIn
from hemicycle.web.doors import for_roles
from hemicycle.web.inbox_troubles import MENDERS
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.sitting_forms import GestureForm

KEEPERS = (Role.ARCHIVIST, Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR, Role.AUDITOR)
STATES = {
    "prepared": "paquet prêt",
    "sending": "versement en cours",
    "deposited": "en attente de la réponse",
    "accepted": "acceptés",
    "refused": "refusés",
}
SIGNS = {
    "prepared": "todo",
    "sending": "expected",
    "deposited": "expected",
    "accepted": "done",
    "refused": "refused",
}


@for_roles(*KEEPERS)
@require_safe
def deposits(request: SignedIn) -> HttpResponse:
    return _page(request)


def _page(request: SignedIn, *, form: forms.Form | None = None) -> HttpResponse:
    today = timezone.localdate()
    state = request.GET.get("etat", "")
    every = queries.deposits(request.user, on=today)
    rows = [row for row in every if state not in STATES or (row.deposit and row.deposit.state == state)]
    context = {
        "rows": [(row, SIGNS[row.deposit.state] if row.deposit else "late") for row in rows],
        "alerts": sum(1 for row in every if row.alert or row.troubles),
        "state": state,
        "states": STATES.items(),
        "may_retry": accounts.holds(request.user, Role.ARCHIVIST, Role.ASSEMBLY_OFFICE, on=today),
        "may_mend": accounts.holds(request.user, *MENDERS, on=today),
        "form": form,
    }
    return render(request, "archiving/deposits.html", context, status=409 if form else 200)


@for_roles(*KEEPERS)
@require_POST
def retry(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    form = GestureForm(request.POST)
    if dossier_id not in {row.dossier.id for row in queries.deposits(request.user, on=timezone.localdate())}:
        form.add_error(None, "Ce dossier n’a pas de versement ; rechargez la page.")
        return _page(request, form=form)
    with refusals_beside(form):
        retry_deposit(dossier_id=dossier_id, agent=request.user, at=timezone.now())
        messages.success(request, "Un nouveau paquet est préparé, sous un nouvel identifiant, puis versé.")
        return redirect("deposits")
    return _page(request, form=form)


urls = [
    path("archives/", deposits, name="deposits"),
    path("archives/<uuid:dossier_id>/reprendre", retry, name="retry_deposit"),
]
