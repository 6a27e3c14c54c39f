"""Submitting, giving a visa, sending back: the gestures of the circuit, one dossier or several."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.actions.submit import submit
from hemicycle.chain.circuit.queries import Awaited
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.queries import Detail
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Stage
from hemicycle.texts import typography
from hemicycle.web import dossier as dossier_pages
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.drafting import writable
from hemicycle.web.refusals import refusals_beside


class SubmitForm(forms.Form):
    circuit = forms.TypedChoiceField(label="Circuit de visas", coerce=int, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Ce que vous voulez dire aux viseurs",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple ce qui a été corrigé. Cette note reste avec la version.",
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dossier.stage == Stage.TO_CORRECT:
            # The same circuit resumes: there is nothing to choose.
            del self.fields["circuit"]
            return
        choice = self.fields["circuit"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(str(c.pk), f"{c.name} : {_steps_fr(c)}") for c in circuit.circuits_for(dossier)]


def _steps_fr(offered: Any) -> str:
    steps = offered.steps.order_by("order")
    return ", ".join(
        f"{s.label} (au-delà de {typography.amount_fr(s.amount_over)})" if s.amount_over else s.label for s in steps
    )


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


class VisaForm(forms.Form):
    """What is read and in whose name; the remark is the visa's, the reason the sending back's."""

    version_read = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    on_behalf_of = forms.UUIDField(required=False, widget=forms.HiddenInput)
    remark = forms.CharField(
        label="Remarque",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Elle accompagne votre visa et se lit dans le parcours du dossier.",
    )


class SendBackForm(forms.Form):
    version_read = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    on_behalf_of = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Ce qui doit être repris",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Le rédacteur le lira en tête du dossier.",
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def visa(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = _readable(request, dossier_id)
    if request.method != "POST":
        return _gesture_page(request, detail, VisaForm, "circuit/visa.html")
    form = VisaForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        with refusals_beside(form):
            given = give_visa(
                dossier_id=dossier_id,
                agent=request.user,
                version_read=facts["version_read"],
                remark=facts["remark"],
                on_behalf_of_id=facts["on_behalf_of"],
                at=timezone.now(),
            )
            messages.success(
                request, f"Votre visa est donné sur la version {given.version} de {detail.dossier.number}."
            )
            return redirect("inbox")
    if form["remark"].value():
        # Nothing typed is lost: the page of the remark comes back with it.
        return _refused_page(request, detail, form, "circuit/visa.html")
    return dossier_pages.show(request, dossier_id, status=409, refusal=_sentence(form))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def send_back_(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = _readable(request, dossier_id)
    if request.method != "POST":
        return _gesture_page(request, detail, SendBackForm, "circuit/send_back.html")
    form = SendBackForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        with refusals_beside(form):
            send_back(
                dossier_id=dossier_id,
                agent=request.user,
                version_read=facts["version_read"],
                reason=facts["reason"],
                on_behalf_of_id=facts["on_behalf_of"],
                at=timezone.now(),
            )
            messages.success(request, f"{detail.dossier.number} est renvoyé à {detail.dossier.drafter.full_name}.")
            return redirect("inbox")
    return _refused_page(request, detail, form, "circuit/send_back.html")


def _readable(request: SignedIn, dossier_id: UUID) -> Detail:
    return found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())


def _gesture_page(request: SignedIn, detail: Detail, form_class: type[forms.Form], template: str) -> HttpResponse:
    """The form of a gesture that is awaited from this agent now. Raises Http404 when none is."""
    awaited = _awaited(request, detail.dossier)
    name = awaited.on_behalf_of
    initial = {"version_read": awaited.version, "on_behalf_of": name.pk if name else None}
    context = {"form": form_class(initial=initial), "dossier": detail.dossier, "version": awaited.version}
    context |= {"step": awaited.step, "acting_for": name.full_name if name else ""}
    return render(request, template, context)


def _awaited(request: SignedIn, dossier: Dossier) -> Awaited:
    """The visa awaited, in the name asked by the address when it says one."""
    wanted = request.GET.get("pour", "")
    for awaited in circuit.awaited_of(dossier, request.user, on=timezone.localdate()):
        name = awaited.on_behalf_of
        if (str(name.pk) if name else "") == wanted:
            return awaited
    raise Http404


def _refused_page(request: SignedIn, detail: Detail, form: forms.Form, template: str) -> HttpResponse:
    context = {"form": form, "dossier": detail.dossier, "version": form["version_read"].value(), "step": ""}
    return render(request, template, context, status=409)


def _sentence(form: forms.Form) -> str:
    return next((str(e) for errors in form.errors.values() for e in errors), "Le visa n’a pas été donné.")


@signed_in
@require_POST
def visas(request: SignedIn) -> HttpResponse:
    """Give the visas chosen in the list, each on the version read; what is refused says why, the rest is done."""
    given = 0
    picks = list(dict.fromkeys(request.POST.getlist("ids")))[:200]
    chosen = [pick for written in picks if (pick := _pick(written)) is not None]
    read = drafting.versions_read(request.user, [dossier_id for dossier_id, _ in chosen])
    for dossier_id, name in chosen:
        try:
            given += _visa_as_read(request, dossier_id, name, read.get(dossier_id, 0))
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
    if given:
        messages.success(request, "1 dossier est visé." if given == 1 else f"{given} dossiers sont visés.")
    elif not chosen:
        messages.warning(request, "Aucun dossier n’était choisi.")
    return redirect("inbox")


def _pick(written: str) -> tuple[UUID, UUID | None] | None:
    """« dossier/absent », the second part empty in one's own name."""
    dossier_id, _, name = written.partition("/")
    try:
        return UUID(dossier_id), UUID(name) if name else None
    except ValueError:
        return None


def _visa_as_read(request: SignedIn, dossier_id: UUID, name: UUID | None, read: int) -> int:
    detail = _readable(request, dossier_id)
    dossier = detail.dossier
    if read != dossier.version:
        missing = "Vous n’avez pas encore ouvert" if read == 0 else "Le texte a changé depuis que vous avez lu"
        raise NotRead(f"{missing} le dossier {dossier.number} : lisez sa version {dossier.version} avant de le viser.")
    give_visa(dossier_id=dossier_id, agent=request.user, version_read=read, on_behalf_of_id=name, at=timezone.now())
    return 1


class NotRead(ActionRefused):
    """A visa in a batch on a version that was never on its giver's screen."""


urls = [
    path("dossiers/<uuid:dossier_id>/soumettre", submit_, name="submit"),
    path("dossiers/<uuid:dossier_id>/viser", visa, name="give_visa"),
    path("dossiers/<uuid:dossier_id>/renvoyer", send_back_, name="send_back"),
    path("visas", visas, name="visas"),
]
