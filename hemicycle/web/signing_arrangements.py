"""The administration of signatures: who signs which acts, in which order, and by which delegations."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit.definitions import active_people
from hemicycle.chain.signing import arrangements
from hemicycle.chain.signing.actions.give_signing_delegation import give_signing_delegation
from hemicycle.chain.signing.actions.publish_delegation import publish_delegation
from hemicycle.chain.signing.actions.set_signing_order import set_signing_order
from hemicycle.web.access import SignedIn
from hemicycle.web.administration import OFFICE
from hemicycle.web.doors import for_roles
from hemicycle.web.journal_of_signing import SERIES
from hemicycle.web.refusals import refusals_beside

KEEPERS = (Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR)
RANKS = ("first", "second", "third")
LABELS = ("Première signature", "Deuxième signature", "Troisième signature")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OrderForm(forms.Form):
    """One choice per rank: an office, or somebody who has a certificate."""

    first = forms.ChoiceField(label=LABELS[0])
    second = forms.ChoiceField(label=LABELS[1], required=False)
    third = forms.ChoiceField(label=LABELS[2], required=False)

    def __init__(self, *args: Any, people: list[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(who, label) for who, label in arrangements.OFFICES if who != arrangements.PERSON]
        named = [(str(one.pk), one.full_name) for one in people]
        for rank in RANKS:
            field = self.fields[rank]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*([] if rank == "first" else [("", "aucune")]), *offices, *named]

    def places(self) -> list[tuple[str, UUID | None]]:
        """(office, person), first to last."""
        offices = dict(arrangements.OFFICES)
        said = [value for value in (self.cleaned_data[rank] for rank in RANKS) if value]
        return [(value, None) if value in offices else (arrangements.PERSON, UUID(value)) for value in said]


class DelegationForm(forms.Form):
    holder = forms.TypedChoiceField(label="À qui", coerce=UUID)
    reference = forms.CharField(label="Arrêté", max_length=80, help_text="Par exemple : Arrêté 2026-41.")
    first_day = forms.DateField(label="Premier jour", widget=DayInput())
    last_day = forms.DateField(
        label="Dernier jour", required=False, widget=DayInput(), help_text="Vide : jusqu’à la fin du mandat."
    )

    def __init__(self, *args: Any, people: list[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holder = self.fields["holder"]
        assert isinstance(holder, forms.ChoiceField)
        holder.choices = [(str(one.pk), one.full_name) for one in people]


class PublicityForm(forms.Form):
    transmitted_on = forms.DateField(label="Transmise à la préfecture le", required=False, widget=DayInput())
    published_on = forms.DateField(label="Publiée le", required=False, widget=DayInput())


@for_roles(*OFFICE)
@require_safe
def signatures(request: SignedIn) -> HttpResponse:
    return _page(request)


def _page(request: SignedIn, *, wrong: dict[str, forms.Form] | None = None) -> HttpResponse:
    """`wrong`: the form refused, by its place on the page: a series, « delegation », or a delegation's id."""
    today, wrong = timezone.localdate(), wrong or {}
    people = arrangements.signatories(on=today)
    context = {
        "tab": "signatures",
        "may_set": accounts.holds(request.user, *KEEPERS, on=today),
        "orders": [
            (name, SERIES[name], wrong.get(name) or _order_form(name, places, people))
            for name, places in arrangements.places().items()
        ],
        "people": people,
        "sealed": bool(settings.SEAL_KEY),
        "delegations": [
            (one, wrong.get(str(one.id)) or _publicity_form(one)) for one in arrangements.delegated(on=today)
        ],
        "form": wrong.get("delegation") or DelegationForm(people=active_people(), initial={"first_day": today}),
    }
    return render(request, "administration/signatures.html", context, status=409 if wrong else 200)


def _order_form(name: str, places: tuple[tuple[str, UUID | None], ...], people: list[Agent]) -> OrderForm:
    said = {rank: str(person or who) for rank, (who, person) in zip(RANKS, places, strict=False)}
    return OrderForm(initial=said, people=people, auto_id=f"id_{name}_%s")


def _publicity_form(one: arrangements.Delegated, data: Any = None) -> PublicityForm:
    said: dict[str, dt.date | None] = {"transmitted_on": one.transmitted_on, "published_on": one.published_on}
    return PublicityForm(data, initial=said, auto_id=f"id_{one.id}_%s")


@for_roles(*KEEPERS)
@require_POST
def set_order(request: SignedIn, series: str) -> HttpResponse:
    if series not in arrangements.series():
        raise Http404
    people = arrangements.signatories(on=timezone.localdate())
    form = OrderForm(request.POST, people=people, auto_id=f"id_{series}_%s")
    if form.is_valid():
        with refusals_beside(form):
            set_signing_order(series=series, places=form.places(), agent=request.user, at=timezone.now())
            messages.success(
                request, f"C’est noté pour les {SERIES[series]}. Les actes déjà mis en forme gardent leurs signataires."
            )
            return redirect("signatures")
    return _page(request, wrong={series: form})


@for_roles(*KEEPERS)
@require_POST
def give(request: SignedIn) -> HttpResponse:
    form = DelegationForm(request.POST, people=active_people())
    if form.is_valid():
        said = dict(form.cleaned_data)
        with refusals_beside(form):
            row = give_signing_delegation(holder_id=said.pop("holder"), **said, agent=request.user, at=timezone.now())
            messages.success(
                request,
                f"La délégation donnée à {row.holder.full_name} est enregistrée ; elle servira une fois publiée et "
                "transmise.",
            )
            return redirect("signatures")
    return _page(request, wrong={"delegation": form})


@for_roles(*KEEPERS)
@require_POST
def publish(request: SignedIn, delegation_id: int) -> HttpResponse:
    rows = arrangements.delegated(on=timezone.localdate())
    one = next((row for row in rows if row.id == delegation_id), None)
    if one is None:
        raise Http404
    form = _publicity_form(one, request.POST)
    if form.is_valid():
        with refusals_beside(form):
            publish_delegation(delegation_id=delegation_id, **form.cleaned_data, agent=request.user, at=timezone.now())
            messages.success(request, f"La publicité de la délégation donnée à {one.holder.full_name} est notée.")
            return redirect("signatures")
    return _page(request, wrong={str(delegation_id): form})


urls = [
    path("administration/signatures", signatures, name="signatures"),
    path("administration/signatures/ordre/<str:series>", set_order, name="set_signing_order"),
    path("administration/signatures/delegations", give, name="give_signing_delegation"),
    path("administration/signatures/delegations/<int:delegation_id>", publish, name="publish_delegation"),
]
