"""The room before the votes: the call, the proxies, the opening."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.chain.sitting import queries
from hemicycle.chain.sitting.actions.open_sitting import open_sitting
from hemicycle.chain.sitting.actions.record_attendance import record_attendance
from hemicycle.chain.sitting.actions.record_proxy import record_proxy
from hemicycle.chain.sitting.actions.withdraw_proxy import withdraw_proxy
from hemicycle.web.access import SignedIn
from hemicycle.web.doors import for_roles
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.seats import group_names, seats_of
from hemicycle.web.sitting import CLERKS, SIGNS, detail_or_404, may_register
from hemicycle.web.sitting_forms import AttendanceForm, GestureForm, OpenForm, ProxyForm


def _page(request: SignedIn, sitting_id: UUID, *, status: int = 200, **forms_kept: Any) -> HttpResponse:
    """The call sheet, the proxies and the opening; a refused form comes back as it was filled."""
    found = detail_or_404(sitting_id, request.user)
    room, sitters = found.room, list(found.room.sitters)
    everyone = [(s.member.pk, str(s.member)) for s in sitters]
    present = [(m.pk, str(m)) for m in room.present]
    chair = {"president_id": present[0][0], "secretary_id": present[-1][0]} if present else {}
    context = {
        "detail": found,
        "sitting": found.sitting,
        "sign": SIGNS[found.sitting.state],
        "tab": "room",
        "room": room,
        "quorum": room.quorum,
        "seats": seats_of(room),
        "groups": group_names(room),
        "proxies": queries.proxies_of(found.sitting),
        "call": AttendanceForm(sitters=sitters, statuses=queries.statuses_of(found.sitting)),
        "proxy": ProxyForm(members=everyone),
        "opening": OpenForm(members=present, initial=chair),
        "may_register": may_register(request.user),
        "form": None,
        **forms_kept,
    }
    return render(request, "sitting/room.html", context, status=status)


@for_roles(*CLERKS)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: SignedIn, sitting_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return _page(request, sitting_id)
    found = detail_or_404(sitting_id, request.user)
    form = AttendanceForm(request.POST, sitters=found.room.sitters, statuses={})
    if form.is_valid():
        with refusals_beside(form):
            record_attendance(
                sitting_id=sitting_id,
                statuses=_everybody(found) if "everybody" in request.POST else form.statuses(),
                agent=request.user,
                at=timezone.now(),
            )
            messages.success(request, "L’appel est enregistré.")
            return redirect("attendance", sitting_id=sitting_id)
    return _page(request, sitting_id, status=409, call=form, form=form)


def _everybody(found: queries.Detail) -> dict[int, str]:
    return {s.member.pk: "present" for s in found.room.sitters}


@for_roles(*CLERKS)
@require_POST
def give_proxy(request: SignedIn, sitting_id: UUID) -> HttpResponse:
    found = detail_or_404(sitting_id, request.user)
    form = ProxyForm(request.POST, members=[(s.member.pk, str(s.member)) for s in found.room.sitters])
    if form.is_valid():
        with refusals_beside(form):
            record_proxy(sitting_id=sitting_id, agent=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Le pouvoir est enregistré.")
            return redirect("attendance", sitting_id=sitting_id)
    return _page(request, sitting_id, status=409, proxy=form, form=form)


@for_roles(*CLERKS)
@require_POST
def end_proxy(request: SignedIn, sitting_id: UUID, giver_id: int) -> HttpResponse:
    detail_or_404(sitting_id, request.user)
    form = GestureForm(request.POST)
    with refusals_beside(form):
        withdraw_proxy(sitting_id=sitting_id, giver_id=giver_id, agent=request.user, at=timezone.now())
        messages.success(request, "Le pouvoir est retiré.")
        return redirect("attendance", sitting_id=sitting_id)
    return _page(request, sitting_id, status=409, form=form)


@for_roles(*CLERKS)
@require_POST
def open_(request: SignedIn, sitting_id: UUID) -> HttpResponse:
    found = detail_or_404(sitting_id, request.user)
    form = OpenForm(request.POST, members=[(m.pk, str(m)) for m in found.room.present])
    if form.is_valid():
        with refusals_beside(form):
            open_sitting(sitting_id=sitting_id, agent=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "La séance est ouverte.")
            return redirect("console", sitting_id=sitting_id)
    return _page(request, sitting_id, status=409, opening=form, form=form)


urls = [
    path("seances/<uuid:sitting_id>/presence", attendance, name="attendance"),
    path("seances/<uuid:sitting_id>/pouvoirs", give_proxy, name="give_proxy"),
    path("seances/<uuid:sitting_id>/pouvoirs/<int:giver_id>/retirer", end_proxy, name="end_proxy"),
    path("seances/<uuid:sitting_id>/ouvrir", open_, name="open_sitting"),
]
