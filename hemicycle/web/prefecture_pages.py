"""The préfecture's nomenclature, the messages put aside, the hours of sending: pages beside the transmissions."""

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

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.transmission import cancellation_queries, control_queries, queries
from hemicycle.chain.transmission.actions.announce_maintenance import announce_maintenance
from hemicycle.chain.transmission.actions.apply_message import apply_message
from hemicycle.chain.transmission.actions.ask_classification import ask_classification
from hemicycle.chain.transmission.actions.lift_maintenance import lift_maintenance
from hemicycle.chain.transmission.actions.set_sending_hours import DAYS, set_sending_hours
from hemicycle.chain.transmission.actions.settle_message import settle_message
from hemicycle.web.access import SignedIn, found
from hemicycle.web.doors import for_roles
from hemicycle.web.papers import file_answer
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.sitting_forms import GestureForm
from hemicycle.web.transmission import WATCHERS

KEEPERS = (Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR)
MOMENT = "%Y-%m-%dT%H:%M"


class SettleForm(forms.Form):
    note = forms.CharField(label="Ce qui en est fait", required=False, max_length=500)


class HoursForm(forms.Form):
    """An hour of opening and one of closing for each day; both empty: nothing leaves that day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, name in DAYS.items():
            for which, label in (("opens", "de"), ("closes", "à")):
                self.fields[f"{weekday}-{which}"] = forms.TimeField(
                    label=f"{name.capitalize()}, {label}",
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
                )

    def days(self) -> list[tuple[str, Any, Any]]:
        """Day, its two fields."""
        return [(name, self[f"{weekday}-opens"], self[f"{weekday}-closes"]) for weekday, name in DAYS.items()]

    def clean(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().clean() or {}
        for weekday, name in DAYS.items():
            if bool(fields.get(f"{weekday}-opens")) != bool(fields.get(f"{weekday}-closes")):
                self.add_error(f"{weekday}-closes", f"Le {name}, donnez les deux heures ou aucune.")
        return fields

    def hours(self) -> dict[int, tuple[dt.time, dt.time]]:
        """Weekday → from, to."""
        both = {day: (self.cleaned_data[f"{day}-opens"], self.cleaned_data[f"{day}-closes"]) for day in DAYS}
        return {day: span for day, span in both.items() if span[0] is not None}


class MaintenanceForm(forms.Form):
    starts_at = forms.DateTimeField(
        label="Du", widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "short"}, format=MOMENT)
    )
    ends_at = forms.DateTimeField(
        label="Au", widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "short"}, format=MOMENT)
    )
    reason = forms.CharField(label="Ce qui est annoncé", max_length=200)


@for_roles(*WATCHERS)
@require_safe
def classification(request: SignedIn) -> HttpResponse:
    return _classification(request)


def _classification(request: SignedIn, form: forms.Form | None = None) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "view": control_queries.nomenclature_of(request.user, on=today),
        "may_ask": accounts.holds(request.user, *KEEPERS, on=today),
        "may_judge": accounts.holds(request.user, Role.ASSEMBLY_OFFICE, on=today),
        "form": form,
    }
    return render(request, "transmission/classification.html", context, status=409 if form else 200)


@for_roles(*WATCHERS)
@require_POST
def ask(request: SignedIn) -> HttpResponse:
    form = GestureForm(request.POST)
    with refusals_beside(form):
        ask_classification(agent=request.user, at=timezone.now())
        messages.success(request, "La classification est demandée ; la réponse paraît ici dès qu’elle arrive.")
        return redirect("classification")
    return _classification(request, form)


@for_roles(Role.ASSEMBLY_OFFICE)
@require_safe
def parked(request: SignedIn) -> HttpResponse:
    return _parked(request)


def _parked(request: SignedIn, form: SettleForm | None = None) -> HttpResponse:
    waiting = list(queries.parked())
    context = {
        "waiting": waiting,
        "applicable": cancellation_queries.applicable(waiting),
        "settled": queries.parked(settled=True)[:50],
        "form": form,
        "blank": SettleForm(auto_id=False),
    }
    return render(request, "transmission/messages.html", context, status=409 if form else 200)


@for_roles(Role.ASSEMBLY_OFFICE)
@require_safe
def parked_message(_request: SignedIn, message_id: int) -> HttpResponse:
    """The message as it came, to be saved."""
    name, data = found(queries.parked_bytes, message_id=message_id)
    return file_answer(data, name=name, media_type="application/octet-stream")


@for_roles(Role.ASSEMBLY_OFFICE)
@require_POST
def settle(request: SignedIn, message_id: int) -> HttpResponse:
    form = SettleForm(request.POST)
    if form.is_valid():
        with refusals_beside(form):
            settle_message(message_id=message_id, note=form.cleaned_data["note"], agent=request.user, at=timezone.now())
            messages.success(request, "Le message est classé ; il reste gardé.")
            return redirect("parked_messages")
    return _parked(request, form)


@for_roles(Role.ASSEMBLY_OFFICE)
@require_POST
def apply(request: SignedIn, message_id: int) -> HttpResponse:
    """To the act that it speaks of, against what was known of it: with a reason."""
    form = SettleForm(request.POST)
    if form.is_valid():
        with refusals_beside(form):
            reason = form.cleaned_data["note"]
            apply_message(message_id=message_id, reason=reason, agent=request.user, at=timezone.now())
            messages.success(request, "Le message est appliqué à l’acte ; ses dates en sont tirées.")
            return redirect("parked_messages")
    return _parked(request, form)


@for_roles(*WATCHERS)
@require_safe
def hours(request: SignedIn) -> HttpResponse:
    return _hours(request)


def _hours(request: SignedIn, *, form: HoursForm | None = None, maintenance: forms.Form | None = None) -> HttpResponse:
    held = queries.sending_hours()
    initial = {
        f"{day}-{which}": hour
        for day, span in held.items()
        for which, hour in zip(("opens", "closes"), span, strict=True)
    }
    now = timezone.now()
    context = {
        "form": form or HoursForm(initial=initial),
        "maintenance": maintenance or MaintenanceForm(),
        "any_hour": not held,
        "announced": queries.maintenances(at=now),
        "closed": queries.closed_at(now),
        "may_set": accounts.holds(request.user, *KEEPERS, on=timezone.localdate()),
        "may_judge": accounts.holds(request.user, Role.ASSEMBLY_OFFICE, on=timezone.localdate()),
    }
    return render(request, "transmission/hours.html", context, status=409 if form or maintenance else 200)


@for_roles(*WATCHERS)
@require_POST
def set_hours(request: SignedIn) -> HttpResponse:
    form = HoursForm(request.POST)
    if form.is_valid():
        with refusals_beside(form):
            set_sending_hours(hours=form.hours(), agent=request.user, at=timezone.now())
            messages.success(request, "Les heures d’envoi sont réglées.")
            return redirect("sending_hours")
    return _hours(request, form=form)


@for_roles(*WATCHERS)
@require_POST
def announce(request: SignedIn) -> HttpResponse:
    form = MaintenanceForm(request.POST)
    if form.is_valid():
        with refusals_beside(form):
            announce_maintenance(**form.cleaned_data, agent=request.user, at=timezone.now())
            messages.success(request, "La maintenance est annoncée : les envois attendront sa fin.")
            return redirect("sending_hours")
    return _hours(request, maintenance=form)


@for_roles(*WATCHERS)
@require_POST
def lift(request: SignedIn, maintenance_id: int) -> HttpResponse:
    form = GestureForm(request.POST)
    with refusals_beside(form):
        lift_maintenance(maintenance_id=maintenance_id, agent=request.user, at=timezone.now())
        messages.success(request, "La maintenance est levée : les envois repartent.")
        return redirect("sending_hours")
    return _hours(request, maintenance=form)


urls = [
    path("transmissions/classification/", classification, name="classification"),
    path("transmissions/classification/demander", ask, name="ask_classification"),
    path("transmissions/messages/", parked, name="parked_messages"),
    path("transmissions/messages/<int:message_id>/", parked_message, name="parked_message"),
    path("transmissions/messages/<int:message_id>/classer", settle, name="settle_message"),
    path("transmissions/messages/<int:message_id>/appliquer", apply, name="apply_message"),
    path("transmissions/heures/", hours, name="sending_hours"),
    path("transmissions/heures/regler", set_hours, name="set_sending_hours"),
    path("transmissions/maintenances/annoncer", announce, name="announce_maintenance"),
    path("transmissions/maintenances/<int:maintenance_id>/lever", lift, name="lift_maintenance"),
]
