"""What the préfecture would refuse of an act, and how it is filed there: shown and put right before it leaves."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.queries import Detail
from hemicycle.chain.transmission import control_queries, queries
from hemicycle.chain.transmission.actions.correct_filing import correct_filing
from hemicycle.chain.transmission.control_queries import ControlView
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.gestures import Ask, Gesture
from hemicycle.web.refusals import refusals_beside


class FilingForm(forms.Form):
    """The matière, and a type for each annex that leaves, in the préfecture's own words."""

    subject_code = forms.ChoiceField(label="Matière")

    def __init__(self, *args: Any, view: ControlView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view = view
        self.fields["subject_code"] = forms.ChoiceField(
            label="Matière",
            choices=_with_the_present(view.matieres, view.dossier.subject_code),
            initial=view.dossier.subject_code,
        )
        for filed in view.filed:
            self.fields[self._name(filed.annex.pk)] = forms.ChoiceField(
                label=f"Type de « {filed.annex.title} »",
                choices=_with_the_present(
                    tuple((code, f"{code} {label}") for code, label in view.types), filed.type_code
                ),
                initial=filed.type_code,
            )

    def types(self) -> dict[UUID, str]:
        """Annex → type chosen."""
        return {filed.annex.pk: self.cleaned_data[self._name(filed.annex.pk)] for filed in self.view.filed}

    @staticmethod
    def _name(annex_id: UUID) -> str:
        return f"{annex_id.hex}-type"


def _with_the_present(choices: tuple[tuple[str, str], ...], present: str) -> list[tuple[str, str]]:
    """What the act now has is shown even when the classification lacks it: it is what is to be changed."""
    missing = [] if present in dict(choices) else [(present, f"{present} (absent de la classification)")]
    return [*missing, *choices]


@signed_in
@require_safe
def act_control(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    return _page(request, _view(request, dossier_id))


def _view(request: SignedIn, dossier_id: UUID) -> ControlView:
    return found(control_queries.control_of, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())


def _page(request: SignedIn, view: ControlView, form: FilingForm | None = None) -> HttpResponse:
    may_correct = view.open and accounts.holds(request.user, Role.ASSEMBLY_OFFICE, on=timezone.localdate())
    context = {
        "view": view,
        "dossier": view.dossier,
        "form": (form or FilingForm(view=view)) if may_correct else None,
    }
    return render(request, "transmission/control.html", context, status=409 if form else 200)


@signed_in
@require_POST
def correct(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    view = _view(request, dossier_id)
    form = FilingForm(request.POST, view=view)
    if form.is_valid():
        with refusals_beside(form):
            correct_filing(
                dossier_id=dossier_id,
                subject_code=form.cleaned_data["subject_code"],
                types=form.types(),
                agent=request.user,
                at=timezone.now(),
            )
            messages.success(request, "Le classement de l’acte est corrigé ; il est contrôlé de nouveau.")
            return redirect("act_control", dossier_id)
    return _page(request, view, form)


def would_be_refused(agent: Agent, detail: Detail, on: dt.date) -> list[Ask]:
    """To the service des assemblées: an act that waits and that the préfecture would refuse (web/asks.py)."""
    dossier = detail.dossier
    waits = dossier.stage in queries.WAITING and bool(dossier.act_number)
    if not waits or not accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on):
        return []
    kept = queries.refusable_among([dossier.id])
    if not kept:
        return []
    see = Gesture(label="Voir ce qui est à corriger", url=reverse("act_control", args=[dossier.id]))
    text = " ".join(finding["message"] for finding in kept[0].findings if finding["severity"] == "blocking")
    return [Ask(strong="La préfecture refuserait cet acte.", text=text, gestures=(see,), tone="late")]


urls = [
    path("dossiers/<uuid:dossier_id>/controle/", act_control, name="act_control"),
    path("dossiers/<uuid:dossier_id>/controle/corriger", correct, name="correct_filing"),
]
