"""Circuits of visas: their list, and the page where one is drawn, with who would give each visa."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.circuit import conditions, definitions
from hemicycle.chain.circuit.actions.retire_circuit import retire_circuit
from hemicycle.chain.circuit.actions.save_circuit import save_circuit
from hemicycle.chain.circuit.definitions import Defined
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn, found
from hemicycle.web.circuit_steps import (
    CircuitForm,
    PreviewForm,
    StepForm,
    blank,
    drafts_of,
    forms_of,
    moved,
    read_steps,
    stations_of,
    typed,
)
from hemicycle.web.definition_forms import Offered, offered, when_fr
from hemicycle.web.doors import for_roles
from hemicycle.web.refusals import refusals_beside

OFFICE = (Role.ADMINISTRATOR, Role.ASSEMBLY_OFFICE, Role.AUDITOR)
DESIGNERS = (Role.ASSEMBLY_OFFICE,)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A circuit of the list: its drawing, its words."""

    defined: Defined
    stations: list[Any]
    #: One line per step that has something to say: conditions, reason.
    notes: list[tuple[str, str]]


@for_roles(*OFFICE)
@require_safe
def circuits(request: SignedIn) -> HttpResponse:
    choices = offered(on=timezone.localdate())
    context = {
        "tab": "circuits",
        "circuits": [_shown(defined, choices) for defined in definitions.circuits()],
        "may_design": accounts.holds(request.user, *DESIGNERS, on=timezone.localdate()),
    }
    return render(request, "administration/circuits.html", context)


def _shown(defined: Defined, choices: Offered) -> Shown:
    drafts = [definitions.draft_of(step) for step in defined.steps]
    notes = [
        (step.label, " ; ".join(filter(None, (step.why, when_fr(conditions.of(step), choices)))))
        for step in defined.steps
    ]
    return Shown(defined=defined, stations=stations_of(drafts), notes=[note for note in notes if note[1]])


@for_roles(*DESIGNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_circuit(request: SignedIn) -> HttpResponse:
    return _designer(request, None)


@for_roles(*DESIGNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_circuit(request: SignedIn, circuit_id: int) -> HttpResponse:
    return _designer(request, found(definitions.circuit, circuit_id=circuit_id))


def _designer(request: SignedIn, defined: Defined | None) -> HttpResponse:
    choices = offered(on=timezone.localdate())
    if request.method != "POST":
        steps = [typed(definitions.draft_of(step), choices) for step in defined.steps] if defined else [blank()]
        form = CircuitForm(initial=CircuitForm.initial_of(defined), offered=choices)
        return _page(request, defined, form, steps, choices)
    steps, done = read_steps(request.POST), request.POST.get("do", "")
    form = CircuitForm(request.POST, offered=choices)
    if done == "save":
        return _save(request, defined, form, steps, choices)
    steps, focus = moved(steps, done)
    as_typed = CircuitForm(initial={name: form[name].value() for name in form.fields}, offered=choices)
    return _page(request, defined, as_typed, steps, choices, focus=focus)


def _save(
    request: SignedIn, defined: Defined | None, form: CircuitForm, steps: list[dict[str, Any]], choices: Offered
) -> HttpResponse:
    bound = forms_of(steps, choices, bound=True)
    if all([form.is_valid(), *(step.is_valid() for step in bound)]):
        facts = form.cleaned_data
        with refusals_beside(form):
            saved = save_circuit(
                circuit_id=defined.circuit.pk if defined else None,
                name=facts["name"],
                unit_id=int(facts["unit"]) if facts["unit"] else None,
                steps=drafts_of(bound),
                base=facts["base"],
                agent=request.user,
                at=timezone.now(),
            )
            messages.success(
                request, f"Le circuit « {saved.name} » est enregistré ; il vaut pour les prochains dossiers soumis."
            )
            return redirect("circuits")
    return _page(request, defined, form, steps, choices, bound=bound)


def _page(
    request: SignedIn,
    defined: Defined | None,
    form: CircuitForm,
    steps: list[dict[str, Any]],
    choices: Offered,
    *,
    bound: list[StepForm] | None = None,
    focus: int | None = None,
) -> HttpResponse:
    drafts = drafts_of(forms_of(steps, choices, bound=True))
    preview = PreviewForm(request.POST if request.method == "POST" else None, offered=choices, defined=defined)
    refused = bound is not None
    context = {
        "tab": "circuits",
        "defined": defined,
        "form": form,
        "steps": bound or forms_of(steps, choices, bound=False),
        "wrong": [step for step in bound or () if step.errors],
        "stations": stations_of(drafts),
        "preview": preview,
        "behind": preview.behind(drafts, on=timezone.localdate()),
        "people": choices.names,
        "focus": focus,
    }
    return render(request, "administration/circuit_designer.html", context, status=409 if refused else 200)


@for_roles(*DESIGNERS)
@require_POST
def retire(request: SignedIn, circuit_id: int) -> HttpResponse:
    try:
        retired = retire_circuit(circuit_id=circuit_id, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Le circuit « {retired.name} » n’est plus proposé.")
    return redirect("circuits")


urls = [
    path("administration/circuits", circuits, name="circuits"),
    path("administration/circuits/nouveau", new_circuit, name="new_circuit"),
    path("administration/circuits/<int:circuit_id>/", edit_circuit, name="edit_circuit"),
    path("administration/circuits/<int:circuit_id>/retirer", retire, name="retire_circuit"),
]
