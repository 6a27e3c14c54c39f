"""The cancellation of a transmission: one person asks, another decides; what it does, and what may follow it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts.models import Role
from hemicycle.chain.publication import notifying
from hemicycle.chain.publication import queries as publication
from hemicycle.chain.signing import queries as signing
from hemicycle.chain.transmission import cancellation_queries as queries
from hemicycle.chain.transmission.actions.ask_cancellation import ask_cancellation
from hemicycle.chain.transmission.actions.confirm_cancellation import confirm_cancellation
from hemicycle.chain.transmission.actions.decline_cancellation import decline_cancellation
from hemicycle.chain.transmission.cancellation_queries import DECIDERS, CancellationView
from hemicycle.dossier.kinds import kind_of
from hemicycle.law.publication import withdrawal_limit
from hemicycle.web.access import SignedIn, found
from hemicycle.web.doors import for_roles
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.transmission import WATCHERS

_WORDS = forms.Textarea(attrs={"rows": 2})
SIGNS = {
    "asked": "stale",
    "confirmed": "expected",
    "sending": "expected",
    "sent": "expected",
    "accepted": "done",
    "declined": "todo",
    "refused": "refused",
}


class AskForm(forms.Form):
    reason = forms.CharField(
        label="Motif",
        max_length=500,
        widget=_WORDS,
        error_messages={"required": "Dites pourquoi la transmission est à annuler : une autre personne en décide."},
    )


class DecideForm(forms.Form):
    note = forms.CharField(
        label="Votre remarque",
        required=False,
        max_length=500,
        widget=_WORDS,
        help_text="Nécessaire pour écarter la demande.",
    )


@for_roles(*WATCHERS)
@require_safe
def cancellation(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    return _page(request, _view(request, dossier_id))


def _view(request: SignedIn, dossier_id: UUID) -> CancellationView:
    return found(queries.cancellation_view, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())


def _page(request: SignedIn, view: CancellationView, form: forms.Form | None = None) -> HttpResponse:
    act = signing.act_of(view.dossier)
    context = {
        "view": view,
        "dossier": view.dossier,
        "departure": view.departure,
        "kind": kind_of(view.dossier),
        "online": publication.publication_of(view.dossier),
        "notified": notifying.notification_of(view.dossier),
        "cancelled": view.departure.state == "cancelled",
        "past": [(c, SIGNS[c.state]) for c in view.past],
        "current_sign": SIGNS[view.current.state] if view.current else "",
        "withdrawal": withdrawal_limit(taken_on=act.decided_on) if act else None,
        "form": form or (AskForm() if view.may_ask else DecideForm()),
    }
    return render(request, "transmission/cancellation.html", context, status=409 if form else 200)


def _gesture(
    request: SignedIn, dossier_id: UUID, form: forms.Form, action: Callable[..., object], said: str
) -> HttpResponse:
    view = _view(request, dossier_id)
    if form.is_valid():
        with refusals_beside(form):
            action(dossier_id=dossier_id, agent=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, said)
            return redirect("cancellation", dossier_id)
    return _page(request, view, form)


@for_roles(Role.ASSEMBLY_OFFICE)
@require_POST
def ask(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    said = "L’annulation est demandée ; rien ne part avant qu’une autre personne la confirme."
    return _gesture(request, dossier_id, AskForm(request.POST), ask_cancellation, said)


@for_roles(*DECIDERS)
@require_POST
def confirm(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    said = "L’annulation est confirmée ; elle part à la préfecture, dont la réponse paraîtra ici."
    return _gesture(request, dossier_id, DecideForm(request.POST), confirm_cancellation, said)


@for_roles(*DECIDERS)
@require_POST
def decline(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    said = "La demande est écartée ; la transmission demeure."
    return _gesture(request, dossier_id, DecideForm(request.POST), decline_cancellation, said)


urls = [
    path("transmissions/<uuid:dossier_id>/annulation/", cancellation, name="cancellation"),
    path("transmissions/<uuid:dossier_id>/annulation/demander", ask, name="ask_cancellation"),
    path("transmissions/<uuid:dossier_id>/annulation/confirmer", confirm, name="confirm_cancellation"),
    path("transmissions/<uuid:dossier_id>/annulation/ecarter", decline, name="decline_cancellation"),
]
