"""The transmissions to the préfecture: where each one stands, and what to do when one fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission import tracking_queries as following
from hemicycle.chain.transmission.actions.ask_tdt import ask_tdt
from hemicycle.chain.transmission.actions.retry_departure import retry_departure
from hemicycle.dossier import outbox
from hemicycle.dossier.models import Errand
from hemicycle.web.access import SignedIn
from hemicycle.web.doors import for_roles
from hemicycle.web.inbox_rooms import CARRIERS
from hemicycle.web.inbox_troubles import MENDERS
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.sitting_forms import GestureForm

WATCHERS = (
    Role.ASSEMBLY_OFFICE,
    Role.CHIEF_EXECUTIVE,
    Role.SECRETARIAT,
    Role.PRESIDENT,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
PER_PAGE = 100
SIGNS = {
    "prepared": "todo",
    "sending": "expected",
    "deposited": "expected",
    "acknowledged": "done",
    "anomaly": "refused",
    "cancelled": "refused",
    "superseded": "stale",
}


@for_roles(*WATCHERS)
@require_safe
def tracking(request: SignedIn) -> HttpResponse:
    return _page(request)


def _page(request: SignedIn, *, form: forms.Form | None = None) -> HttpResponse:
    today = timezone.localdate()
    state = request.GET.get("etat", "")
    attempts = following.last_attempts(request.user, on=today, state=state if state in SIGNS else "")
    page = Paginator(attempts, PER_PAGE).get_page(request.GET.get("page"))
    counts = following.states_of(request.user, on=today)
    flow = following.flow(request.user, on=today)
    office = accounts.holds(request.user, Role.ASSEMBLY_OFFICE, on=today)
    mender = accounts.holds(request.user, *MENDERS, on=today)
    context = {
        "rows": [
            (t, "late" if t.late or t.uncertain else SIGNS[t.departure.state])
            for t in following.tracked(page.object_list, on=today, at=timezone.now())
        ],
        "page": page,
        "query": f"etat={state}" if state in SIGNS else "",
        "state": state,
        "states": _states(counts),
        "total": counts.total(),
        "refused": counts["anomaly"],
        "late": following.late_among(request.user, on=today) if counts["deposited"] else 0,
        "errands": [(e, CARRIERS.get(e.carrier, e.carrier or "Suite à donner")) for e in outbox.in_trouble()]
        if mender
        else [],
        "may_retry": office,
        "never_left": queries.never_left(request.user, on=today) if office else [],
        "flow": flow,
        "every": _every(flow),
        "to_judge": queries.parked().count() if office else 0,
        "form": form,
    }
    return render(request, "transmission/tracking.html", context, status=409 if form else 200)


def _every(flow: following.Flow) -> str:
    """How often the page looks again by itself: while acts go and come back, or are about to; otherwise never."""
    if flow.signing or flow.going:
        return "3s"
    return "20s" if flow.to_sign else ""


def troubles() -> list[tuple[Errand, str]]:
    """The errands that failed, each with what it was to do."""
    return [(e, CARRIERS.get(e.carrier, e.carrier or "Suite à donner")) for e in outbox.in_trouble()]


def _states(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Each state met, its words, and how many departures are in it."""
    return [(state, str(queries.STATES(state).label), counts[state]) for state in SIGNS if counts[state]]


@for_roles(*WATCHERS)
@require_POST
def retry(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    return _of_one(
        request, dossier_id, retry_departure, "L’acte repart : un nouvel envoi est préparé, avec le même numéro."
    )


def _of_one(request: SignedIn, dossier_id: UUID, action: Callable[..., object], said: str) -> HttpResponse:
    """A gesture on one of the departures listed."""
    form = GestureForm(request.POST)
    if not following.last_attempts(request.user, on=timezone.localdate()).filter(dossier=dossier_id).exists():
        form.add_error(None, "Ce dossier n’a pas d’envoi en cours ; rechargez la page.")
        return _page(request, form=form)
    with refusals_beside(form):
        action(dossier_id=dossier_id, agent=request.user, at=timezone.now())
        messages.success(request, said)
        return redirect("transmissions")
    return _page(request, form=form)


class BatchForm(forms.Form):
    """The acts chosen, each refused by the préfecture or not yet gone."""

    ids = forms.TypedMultipleChoiceField(
        label="Actes",
        coerce=UUID,
        error_messages={
            "required": "Cochez au moins un acte à transmettre.",
            "invalid_choice": "Un des actes choisis n’est plus à transmettre ; relisez la liste.",
        },
    )

    def __init__(self, *args: Any, offered: list[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ids"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(pk), str(pk)) for pk in offered]


@for_roles(*WATCHERS)
@require_POST
def transmit_many(request: SignedIn) -> HttpResponse:
    """All the acts chosen, or none; each then goes by its own errand."""
    today = timezone.localdate()
    refused = following.last_attempts(request.user, on=today, state="anomaly")
    offered = list(refused.values_list("dossier", flat=True))
    offered += [dossier.id for dossier in queries.never_left(request.user, on=today)]
    form = BatchForm(request.POST, offered=offered)
    if form.is_valid():
        with refusals_beside(form), transaction.atomic():
            for dossier_id in sorted(form.cleaned_data["ids"]):
                retry_departure(dossier_id=dossier_id, agent=request.user, at=timezone.now())
            how_many = len(form.cleaned_data["ids"])
            said = f"{how_many} actes partent" if how_many > 1 else "L’acte part"
            messages.success(request, f"{said} à la préfecture ; chacun paraît ici à mesure de son envoi.")
            return redirect("transmissions")
    return _page(request, form=form)


@for_roles(*WATCHERS)
@require_POST
def ask(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """Ask the TdT what became of an uncertain sending; nothing is sent."""
    said = "La question est posée au tiers de télétransmission ; rien n’est envoyé."
    return _of_one(request, dossier_id, ask_tdt, said)


urls = [
    path("transmissions/", tracking, name="transmissions"),
    path("transmissions/transmettre", transmit_many, name="transmit_many"),
    path("transmissions/<uuid:dossier_id>/demander", ask, name="ask_tdt"),
    path("transmissions/<uuid:dossier_id>/reprendre", retry, name="retry_departure"),
]
