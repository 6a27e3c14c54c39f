"""Submitting, giving a visa, asking for a correction: the daily gestures of the circuit."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.actions.submit import submit
from hemicycle.web import dossier as dossier_pages
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.drafting import writable
from hemicycle.web.gesture_pages import Page, awaited_by, readable
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.visa_forms import SendBackForm, SubmitForm, VisaForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def submit_(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = writable(request, dossier_id)
    form = SubmitForm(request.POST or None, dossier=detail.dossier)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("circuit", 0)
        note = form.cleaned_data["note"]
        with refusals_beside(form):
            version = submit(dossier_id=dossier_id, circuit_id=chosen, agent=request.user, at=timezone.now(), note=note)
            messages.success(request, f"La version {version.number} est figée et soumise à son circuit.")
            return redirect("dossier", dossier_id)
    context = {"form": form, "dossier": detail.dossier, "next_version": detail.dossier.version + 1}
    return render(request, "circuit/submit.html", context, status=409 if form.errors else 200)


VISA = Page(
    title="Viser avec une remarque ou une réserve",
    form=VisaForm,
    button="Viser",
    consequence="Votre visa portera sur la version {version}, celle que vous avez lue ; le dossier passe ensuite à "
    "l’étape suivante.",
    visa=True,
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def visa(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = readable(request, dossier_id)
    if request.method != "POST":
        return VISA.opened(request, detail.dossier, awaited_by(request, detail.dossier))
    form = VisaForm(request.POST)
    if form.is_valid():
        said = {"remark": form.cleaned_data["remark"], "reserved": form.cleaned_data["reserved"]}
        with refusals_beside(form):
            given = give_visa(dossier_id=dossier_id, agent=request.user, at=timezone.now(), **said, **form.read())
            how = "avec réserve " if given.kind == "reserved" else ""
            messages.success(
                request, f"Votre visa est donné {how}sur la version {given.version} de {detail.dossier.number}."
            )
            return redirect("inbox")
    if form["remark"].value() or form["reserved"].value():
        # Nothing typed is lost: the page of the remark comes back with it.
        return VISA.refused(request, detail.dossier, form)
    return dossier_pages.show(request, dossier_id, status=409, refusal=_sentence(form))


def _sentence(form: forms.Form) -> str:
    return next((str(e) for errors in form.errors.values() for e in errors), "Le visa n’a pas été donné.")


BACK = Page(
    title="Demander une correction",
    form=SendBackForm,
    button="Renvoyer pour correction",
    consequence="La version {version} n’est pas visée. Le dossier garde son numéro, ses versions et ses commentaires ; "
    "les visas sont redemandés à partir de l’étape choisie, ou dès que le texte aura changé.",
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def send_back_(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = readable(request, dossier_id)
    dossier = detail.dossier
    steps = circuit.steps_of(dossier)
    here = next((step.id for step in steps if step.state == "awaited"), None)
    if request.method != "POST":
        awaited = awaited_by(request, dossier)
        return BACK.opened(request, dossier, awaited, offer=lambda f: f.offer(dossier, steps, awaited.step_id))
    form = SendBackForm(request.POST)
    form.offer(dossier, steps, here)
    if form.is_valid():
        facts = form.cleaned_data
        with refusals_beside(form):
            said = send_back(
                dossier_id=dossier_id,
                agent=request.user,
                reason=facts["reason"],
                to_step=facts["to_step"],
                at=timezone.now(),
                **form.read(),
            )
            back_to = f"l’étape « {said.to.label} »" if said.to else dossier.drafter.full_name
            messages.success(request, f"{dossier.number} est renvoyé à {back_to}, avec votre motif.")
            return redirect("inbox")
    return BACK.refused(request, dossier, form)


urls = [
    path("dossiers/<uuid:dossier_id>/soumettre", submit_, name="submit"),
    path("dossiers/<uuid:dossier_id>/viser", visa, name="give_visa"),
    path("dossiers/<uuid:dossier_id>/renvoyer", send_back_, name="send_back"),
]
