"""Recording that an act was made known to the person it is about: to whom, when, how, with what proof."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hemicycle.chain.publication import notifying as queries
from hemicycle.chain.publication.actions.record_notification import Proof, record_notification
from hemicycle.chain.transmission.queries import departure_of
from hemicycle.dossier import access
from hemicycle.dossier.kinds import kind_of
from hemicycle.dossier.models import Dossier
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.refusals import refusals_beside


class NotificationForm(forms.Form):
    addressee = forms.CharField(label="À qui", max_length=200, help_text="La personne que l’acte concerne.")
    notified_on = forms.DateField(
        label="Le",
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        help_text="Jour de la remise, ou de la première présentation de la lettre recommandée.",
    )
    means = forms.ChoiceField(label="Comment", choices=queries.MEANS.choices, widget=forms.RadioSelect)
    proof = forms.FileField(
        label="Preuve",
        required=False,
        help_text="Récépissé signé, avis de réception, preuve de lecture : PDF, JPEG ou PNG, 20 Mo au plus.",
    )


def _dossier(request: SignedIn, dossier_id: UUID) -> Dossier:
    readable = access.visible_to(request.user, on=timezone.localdate(), one_by_one=True).select_related("unit")
    return found(readable.get, id=dossier_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notification(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    dossier = _dossier(request, dossier_id)
    if not queries.may_notify(dossier, request.user, on=timezone.localdate()):
        raise Http404
    initial = {"notified_on": timezone.localdate(), "means": queries.MEANS.BY_HAND}
    form = NotificationForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            given = form.cleaned_data
            file = given.pop("proof")
            proof = Proof(name=file.name, data=file.read()) if file else None
            made = record_notification(
                dossier_id=dossier.id, proof=proof, agent=request.user, at=timezone.now(), **given
            )
            messages.success(request, f"La notification est enregistrée. {made.executory_explanation}")
            return redirect("dossier", dossier.id)
    context = {"form": form, "dossier": dossier, "kind": kind_of(dossier), "departure": departure_of(dossier)}
    return render(request, "publication/notification.html", context, status=409 if form.errors else 200)


urls = [path("dossiers/<uuid:dossier_id>/notification/", notification, name="record_notification")]
