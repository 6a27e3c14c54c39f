"""The rarer gestures of the circuit: an opinion, a step passed over, a visa taken back, an emergency, the Cabinet's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.actions.ask_opinion import ask_opinion
from hemicycle.chain.circuit.actions.give_opinion import give_opinion
from hemicycle.chain.circuit.actions.hold import hold
from hemicycle.chain.circuit.actions.lift_embargo import lift_embargo
from hemicycle.chain.circuit.actions.pass_on import pass_on
from hemicycle.chain.circuit.actions.release import release
from hemicycle.chain.circuit.actions.set_embargo import set_embargo
from hemicycle.chain.circuit.actions.take_back_visa import take_back_visa
from hemicycle.chain.circuit.actions.validate_in_emergency import validate_in_emergency
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web import dossier as dossier_pages
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.definition_forms import named
from hemicycle.web.gesture_pages import Page, awaited_by, readable
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.visa_asks import places_to_pass_to
from hemicycle.web.visa_forms import AskOpinionForm, OpinionForm, PassOnForm, ReasonedForm

ASK = Page(
    title="Demander un avis",
    form=AskOpinionForm,
    button="Demander l’avis",
    consequence="La personne lit la version {version} et répond ; son avis n’engage personne. Le dossier vous revient "
    "ensuite, et votre visa reste à donner.",
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    dossier = readable(request, dossier_id).dossier
    people = definitions.active_people()
    names = [named(person) for person in people]
    if request.method != "POST":
        awaited = awaited_by(request, dossier, opinion=None)
        return ASK.opened(request, dossier, awaited, offer=lambda f: f.offer(people), people=names)
    form = AskOpinionForm(request.POST)
    form.offer(people)
    if form.is_valid():
        whom, question = form.cleaned_data["whom"], form.cleaned_data["question"]
        at = timezone.now()
        with refusals_beside(form):
            ask_opinion(
                dossier_id=dossier_id, agent=request.user, whom_id=whom.pk, question=question, at=at, **form.read()
            )
            messages.success(
                request, f"L’avis de {whom.full_name} est demandé sur {dossier.number} ; le dossier vous reviendra."
            )
            return redirect("dossier", dossier_id)
    return ASK.refused(request, dossier, form, people=names)


OPINION = Page(
    title="Donner mon avis",
    form=OpinionForm,
    button="Donner cet avis",
    consequence="Votre avis porte sur la version {version} et n’engage personne ; le dossier revient à son demandeur.",
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    dossier = readable(request, dossier_id).dossier
    if request.method != "POST":
        awaited = awaited_by(request, dossier, opinion=True)
        asker = awaited.asked_by.full_name if awaited.asked_by else ""
        return OPINION.opened(request, dossier, awaited, question=awaited.question, asker=asker)
    form = OpinionForm(request.POST)
    if form.is_valid():
        text, at = form.cleaned_data["text"], timezone.now()
        with refusals_beside(form):
            given = give_opinion(dossier_id=dossier_id, agent=request.user, text=text, at=at, **form.read())
            messages.success(request, f"Votre avis est donné sur la version {given.version} de {dossier.number}.")
            return redirect("inbox")
    return OPINION.refused(request, dossier, form)


PASS = Page(
    title="Passer à une étape suivante",
    form=PassOnForm,
    button="Passer ces étapes",
    consequence="La version {version} attend ensuite l’étape choisie. Les visas passés se liront « dispensé », avec "
    "votre nom et ce motif ; ils ne comptent pas comme donnés.",
    css="grave",
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def pass_(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    dossier = readable(request, dossier_id).dossier
    steps = circuit.steps_of(dossier)
    places = places_to_pass_to(dossier, request.user, steps, on=timezone.localdate())
    if request.method != "POST":
        if dossier.lead_id is not None or not places:
            raise Http404
        return PASS.opened(request, dossier, None, offer=lambda f: f.offer(places))
    form = PassOnForm(request.POST)
    form.offer(places)
    if form.is_valid():
        facts, at = form.cleaned_data, timezone.now()
        with refusals_beside(form):
            step = pass_on(
                dossier_id=dossier_id,
                agent=request.user,
                to_step=facts["to_step"],
                reason=facts["reason"],
                at=at,
                **form.read(),
            )
            messages.success(request, f"{dossier.number} attend maintenant l’étape « {step.label} ».")
            return redirect("dossier", dossier_id)
    return PASS.refused(request, dossier, form)


URGENT = Page(
    title="Valider en urgence",
    form=ReasonedForm,
    button="Valider en urgence",
    consequence="La version {version} sera prête pour une séance. Chaque visa qui manque se lira « manquant, validé en "
    "urgence », avec votre nom et ce motif, sur la feuille de parcours, à l’ordre du jour et auprès de l’acte.",
    css="grave",
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def urgent(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    dossier = readable(request, dossier_id).dossier
    missing = [visa for visa in circuit.required_of(dossier) if visa.state == "missing"]
    if request.method != "POST":
        if not circuit.may_validate_in_emergency(dossier, request.user, on=timezone.localdate()):
            raise Http404
        return URGENT.opened(request, dossier, None, missing=missing)
    form = ReasonedForm(request.POST)
    if form.is_valid():
        facts, at = form.cleaned_data, timezone.now()
        with refusals_beside(form):
            validate_in_emergency(
                dossier_id=dossier_id,
                agent=request.user,
                version_read=facts["version_read"],
                reason=facts["reason"],
                at=at,
            )
            labels = ", ".join(visa.label for visa in missing) or "aucun"
            messages.success(request, f"{dossier.number} est validé en urgence. Visas manquants : {labels}.")
            return redirect("dossier", dossier_id)
    return URGENT.refused(request, dossier, form, missing=missing)


HOLD = Page(
    title="Retenir le dossier",
    form=ReasonedForm,
    button="Retenir",
    consequence="Le dossier attend à l’étape du Cabinet, sans être en retard, jusqu’à ce que vous le libériez, "
    "le visiez ou le renvoyiez. Ceux qui le lisent verront ce motif.",
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hold_(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    dossier = readable(request, dossier_id).dossier
    if request.method != "POST":
        awaited = awaited_by(request, dossier)
        if awaited.role != Role.CABINET or awaited.held_at is not None:
            raise Http404
        return HOLD.opened(request, dossier, awaited)
    form = ReasonedForm(request.POST)
    if form.is_valid():
        reason, at = form.cleaned_data["reason"], timezone.now()
        with refusals_beside(form):
            hold(dossier_id=dossier_id, reason=reason, agent=request.user, at=at)
            messages.success(request, f"{dossier.number} est retenu au Cabinet.")
            return redirect(_next(request, dossier_id))
    return HOLD.refused(request, dossier, form)


def _next(request: SignedIn, dossier_id: UUID) -> Any:
    """Back to the Cabinet's tray for whoever has it; to the dossier for the others."""
    if accounts.holds(request.user, Role.CABINET, on=timezone.localdate()):
        return redirect("cabinet").url
    return redirect("dossier", dossier_id).url


def _at_once(request: SignedIn, dossier_id: UUID, act: Callable[[], object], said: str) -> HttpResponse:
    """A gesture that asks for nothing: done, or refused on the dossier's own page."""
    readable(request, dossier_id)
    try:
        act()
    except ActionRefused as refusal:
        return dossier_pages.show(request, dossier_id, status=409, refusal=str(refusal))
    messages.success(request, said)
    return redirect("dossier", dossier_id)


@signed_in
@require_POST
def release_(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    facts: dict[str, Any] = {"dossier_id": dossier_id, "agent": request.user, "at": timezone.now()}
    return _at_once(request, dossier_id, lambda: release(**facts), "Le dossier est libéré : son délai reprend.")


@signed_in
@require_POST
def embargo(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    facts: dict[str, Any] = {"dossier_id": dossier_id, "agent": request.user, "at": timezone.now()}
    said = "Le dossier est sous embargo jusqu’à la convocation."
    return _at_once(request, dossier_id, lambda: set_embargo(**facts), said)


@signed_in
@require_POST
def lift(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    facts: dict[str, Any] = {"dossier_id": dossier_id, "agent": request.user, "at": timezone.now()}
    return _at_once(request, dossier_id, lambda: lift_embargo(**facts), "L’embargo est levé.")


@signed_in
@require_POST
def take_back(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    dossier = readable(request, dossier_id).dossier
    visa = circuit.visa_to_take_back(dossier, request.user)
    if visa is None or str(visa.pk) != request.POST.get("visa", ""):
        refusal = "Ce visa ne peut plus être repris : quelqu’un a agi depuis, ou ce n’est pas le vôtre."
        return dossier_pages.show(request, dossier_id, status=409, refusal=refusal)
    said = f"Votre visa sur la version {visa.version} est repris : l’étape « {visa.step.label} » attend de nouveau."
    facts: dict[str, Any] = {"visa_id": visa.pk, "agent": request.user, "at": timezone.now()}
    return _at_once(request, dossier_id, lambda: take_back_visa(**facts), said)


urls = [
    path("dossiers/<uuid:dossier_id>/demander-un-avis", ask, name="ask_opinion"),
    path("dossiers/<uuid:dossier_id>/avis", opinion, name="give_opinion"),
    path("dossiers/<uuid:dossier_id>/passer", pass_, name="pass_on"),
    path("dossiers/<uuid:dossier_id>/urgence", urgent, name="validate_in_emergency"),
    path("dossiers/<uuid:dossier_id>/retenir", hold_, name="hold"),
    path("dossiers/<uuid:dossier_id>/liberer", release_, name="release"),
    path("dossiers/<uuid:dossier_id>/embargo", embargo, name="set_embargo"),
    path("dossiers/<uuid:dossier_id>/embargo/lever", lift, name="lift_embargo"),
    path("dossiers/<uuid:dossier_id>/reprendre", take_back, name="take_back_visa"),
]
