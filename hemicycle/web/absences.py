"""Absences and delegations of visa: who replaces whom, now and soon; each declares their own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import absences as replacements
from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit.absences import Replacement
from hemicycle.chain.circuit.actions.declare_absence import declare_absence
from hemicycle.chain.circuit.actions.end_absence import end_absence
from hemicycle.chain.circuit.actions.end_delegation import end_delegation
from hemicycle.chain.circuit.actions.give_delegation import give_delegation
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.law.calendar import is_working_day
from hemicycle.texts import typography
from hemicycle.texts.typography import of_fr
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.definition_forms import PersonField, named
from hemicycle.web.refusals import refusals_beside

#: How many days the drawing shows.
SHOWN = 28


def _date(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )


class _OfPeople(forms.Form):
    def __init__(self, *args: Any, people: tuple[Agent, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PersonField):
                field.people = people


class AbsenceForm(_OfPeople):
    absent = PersonField(label="Personne absente", required=False, help_text="Vous, quand rien n’est écrit.")
    first_day = _date("Du")
    last_day = _date("Au, ce jour compris")
    replaced_by = PersonField(label="Remplacée par")
    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=80,
        help_text="Lisible par ceux qui voient le visa donné en votre absence : rien de personnel.",
    )

    def __init__(self, *args: Any, people: tuple[Agent, ...], for_anyone: bool, **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        if not for_anyone:
            del self.fields["absent"]
            self.fields["replaced_by"].label = "Qui vous remplace"


class DelegationForm(_OfPeople):
    giver = PersonField(label="Délégant")
    holder = PersonField(label="Délégataire")
    reference = forms.CharField(label="Arrêté", max_length=80, help_text="Sa référence : « Arrêté 2026-41 du 3 mars ».")
    first_day = _date("À partir du")
    last_day = _date("Jusqu’au", required=False, help_text="Sans date : jusqu’à ce qu’il y soit mis fin.")


@signed_in
@require_safe
def absences(request: SignedIn) -> HttpResponse:
    return _page(request)


def _page(request: SignedIn, *, status: int = 200, **refused: forms.Form) -> HttpResponse:
    on = timezone.localdate()
    keeps = replacements.may_keep(request.user, on=on)
    people = tuple(definitions.active_people())
    away = replacements.to_come(absence=True, on=on)
    delegations = replacements.to_come(absence=False, on=on)
    if not keeps:
        delegations = [d for d in delegations if request.user.pk in (d.row.giver_id, d.row.holder_id)]
    context = {
        "absence_form": AbsenceForm(people=people, for_anyone=keeps, auto_id="id_absence_%s"),
        "delegation_form": DelegationForm(people=people, auto_id="id_delegation_%s") if keeps else None,
        "away": [_line(r, request.user, on=on) for r in away],
        "delegations": [_line(r, request.user, on=on) for r in delegations],
        "calendar": _calendar(away, on=on),
        "days": _days(on),
        "keeps": keeps,
        "people": [named(person) for person in people],
        "today": on,
        **refused,
    }
    return render(request, "circuit/absences.html", context, status=status)


def _line(replacement: Replacement, agent: Agent, *, on: dt.date) -> dict[str, Any]:
    row = replacement.row
    return {
        "row": row,
        "of_giver": of_fr(row.giver.full_name),
        "now": replacement.now,
        "broken": replacement.broken,
        "span": _span(row.valid_from, row.valid_to),
        "may_end": replacements.may_end(row, agent, on=on),
    }


def _span(first: dt.date, last: dt.date | None) -> str:
    if last is None:
        return f"depuis le {typography.date_fr(first, weekday=False)}"
    return f"du {typography.date_fr(first, weekday=False)} au {typography.date_fr(last, weekday=False)}"


def _days(on: dt.date) -> list[dict[str, Any]]:
    days = [on + dt.timedelta(days=place) for place in range(SHOWN)]
    return [{"x": place * 10, "off": not is_working_day(day), "day": day} for place, day in enumerate(days)]


def _calendar(away: list[Replacement], *, on: dt.date) -> list[dict[str, Any]]:
    """Each absence that touches the days drawn: where its bar begins and how long it is, ten units a day."""
    last_shown = on + dt.timedelta(days=SHOWN - 1)
    bars = []
    for replacement in away:
        first = max(replacement.row.valid_from, on)
        last = min(replacement.row.valid_to or last_shown, last_shown)
        if first <= last:
            width = ((last - first).days + 1) * 10
            bars.append({"replacement": replacement, "x": (first - on).days * 10, "width": width})
    return bars


@signed_in
@require_POST
def declare(request: SignedIn) -> HttpResponse:
    keeps = replacements.may_keep(request.user, on=timezone.localdate())
    people = tuple(definitions.active_people())
    form = AbsenceForm(request.POST, people=people, for_anyone=keeps, auto_id="id_absence_%s")
    if form.is_valid():
        facts = form.cleaned_data
        absent = facts.get("absent") or request.user
        with refusals_beside(form):
            row = declare_absence(
                absent_id=absent.pk,
                replaced_by_id=facts["replaced_by"].pk,
                first_day=facts["first_day"],
                last_day=facts["last_day"],
                reason=facts["reason"],
                agent=request.user,
                at=timezone.now(),
            )
            whom = "vous remplace" if absent.pk == request.user.pk else f"remplace {absent.full_name}"
            span = _span(row.valid_from, row.valid_to)
            messages.success(request, f"{row.holder.full_name} {whom} {span} : les visas attendus lui reviennent.")
            return redirect("absences")
    return _page(request, status=409, absence_form=form)


@signed_in
@require_POST
def delegate(request: SignedIn) -> HttpResponse:
    form = DelegationForm(request.POST, people=tuple(definitions.active_people()), auto_id="id_delegation_%s")
    if form.is_valid():
        facts = form.cleaned_data
        with refusals_beside(form):
            row = give_delegation(
                giver_id=facts["giver"].pk,
                holder_id=facts["holder"].pk,
                reference=facts["reference"],
                first_day=facts["first_day"],
                last_day=facts["last_day"],
                agent=request.user,
                at=timezone.now(),
            )
            messages.success(
                request, f"{row.holder.full_name} peut viser pour {row.giver.full_name} ({row.reference})."
            )
            return redirect("absences")
    return _page(request, status=409, **_shown_to(request, form))


def _shown_to(request: SignedIn, form: DelegationForm) -> dict[str, forms.Form]:
    """The refused form, for whoever has it on the page; a message for whoever has not."""
    if replacements.may_keep(request.user, on=timezone.localdate()):
        return {"delegation_form": form}
    messages.error(request, next((str(e) for errors in form.errors.values() for e in errors), ""))
    return {}


@signed_in
@require_POST
def end(request: SignedIn, row_id: int, what: str) -> HttpResponse:
    at = timezone.now()
    try:
        if what == "absence":
            row = end_absence(absence_id=row_id, agent=request.user, at=at)
        else:
            row = end_delegation(delegation_id=row_id, agent=request.user, at=at)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{row.holder.full_name} n’agit plus pour {row.giver.full_name}.")
    return redirect("absences")


urls = [
    path("absences/", absences, name="absences"),
    path("absences/declarer", declare, name="declare_absence"),
    path("absences/deleguer", delegate, name="give_delegation"),
    path("absences/<int:row_id>/fin", end, {"what": "absence"}, name="end_absence"),
    path("absences/delegations/<int:row_id>/fin", end, {"what": "delegation"}, name="end_delegation"),
]
