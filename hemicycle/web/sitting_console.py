"""The console: the sitting as it is held, item after item."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.chain.sitting import queries
from hemicycle.chain.sitting.actions.adjourn_item import adjourn_item
from hemicycle.chain.sitting.actions.close_sitting import close_sitting
from hemicycle.chain.sitting.actions.record_attendance import record_attendance
from hemicycle.chain.sitting.actions.record_vote import record_vote
from hemicycle.web.access import SignedIn
from hemicycle.web.act_text import act_html
from hemicycle.web.doors import for_roles
from hemicycle.web.drawings.hemicycle import VoteValue
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.seats import group_names, seats_of
from hemicycle.web.sitting import CLERKS, OUTCOME_SIGNS, detail_or_404, may_register
from hemicycle.web.sitting_forms import GestureForm, MovementForm, ReasonForm
from hemicycle.web.sitting_votes import VoteForm, tally


def _held(request: SignedIn, sitting_id: UUID) -> queries.Detail:
    """The sitting, once it has been opened; before, it has no console."""
    found = detail_or_404(sitting_id, request.user)
    if found.sitting.state not in ("open", "closed"):
        raise Http404
    return found


def _item(found: queries.Detail, item_id: UUID | None) -> Any:
    """The item asked for; by default the first still to be examined, else the last."""
    if item_id is None:
        pending = [item for item in found.items if item.outcome == "pending"]
        return next(iter([*pending, *reversed(found.items)]), None)
    item = next((item for item in found.items if item.id == item_id), None)
    if item is None:
        raise Http404
    return item


@for_roles(*CLERKS)
@require_safe
def console(request: SignedIn, sitting_id: UUID, item_id: UUID | None = None) -> HttpResponse:
    return _page(request, sitting_id, item_id)


def _page(
    request: SignedIn, sitting_id: UUID, item_id: UUID | None = None, *, status: int = 200, **forms_kept: Any
) -> HttpResponse:
    found = _held(request, sitting_id)
    item = _item(found, item_id)
    pending = item is not None and item.outcome == "pending" and found.sitting.state == "open"
    context = {
        "sitting": found.sitting,
        "room": found.room,
        "quorum": found.room.quorum,
        "item": item,
        "now": timezone.localtime(),
        "lines": [(line, OUTCOME_SIGNS[line.outcome]) for line in found.items],
        "settled": sum(1 for line in found.items if line.outcome != "pending"),
        "left": sum(1 for line in found.items if line.outcome == "pending"),
        "next_item": next((line for line in found.items if line.outcome == "pending" and line != item), None),
        "pending": pending,
        "text": act_html(queries.version_of(item).deliberation, under=1, dossier=item.dossier_id) if item else "",
        "groups": group_names(found.room),
        "seats": _seats(found, item),
        "vote": VoteForm(room=found.room) if pending else None,
        "reason": ReasonForm(),
        "may_register": may_register(request.user),
        "movement": MovementForm(members=[(s.member.pk, str(s.member)) for s in found.room.sitters]),
        "form": None,
        **forms_kept,
    }
    vote = context["vote"]
    context["vote_groups"] = vote.groups() if isinstance(vote, VoteForm) else []
    return render(request, "sitting/console.html", context, status=status)


def _seats(found: queries.Detail, item: Any) -> Any:
    """The room now; on an item already voted, the votes as they were cast."""
    ballot = queries.ballot_of(item.dossier) if item and item.outcome in ("adopted", "rejected") else None
    if ballot is None:
        return seats_of(found.room)
    said = {str(v.member): v for v in queries.votes_of(ballot)}
    return [
        replace(
            seat,
            vote=cast(VoteValue, said[seat.name].value),
            state="proxy" if said[seat.name].cast_by_id else "present",
        )
        if seat.name in said
        else replace(seat, state="absent" if seat.state != "excused" else "excused")
        for seat in seats_of(found.room)
    ]


@for_roles(*CLERKS)
@require_safe
def count(request: SignedIn, sitting_id: UUID, item_id: UUID) -> HttpResponse:
    """What the votes typed so far give, drawn: nothing is recorded."""
    found = _held(request, sitting_id)
    form = VoteForm(request.GET, room=found.room)
    _item(found, item_id)
    votes = form.votes() if form.is_valid() else form.unanimous()
    context = {
        "seats": seats_of(found.room, votes),
        "groups": group_names(found.room),
        "tally": tally(votes),
        "sitting": found.sitting,
    }
    return render(request, "sitting/_count.html", context)


@for_roles(*CLERKS)
@require_POST
def vote(request: SignedIn, sitting_id: UUID, item_id: UUID) -> HttpResponse:
    """Record the vote: « unanimous » in one gesture, else as the form says."""
    found = _held(request, sitting_id)
    _item(found, item_id)
    form = VoteForm(request.POST, room=found.room)
    if form.is_valid():
        with refusals_beside(form):
            record_vote(
                item_id=item_id,
                votes=form.unanimous() if "unanimous" in request.POST else form.votes(),
                kind=form.cleaned_data["kind"],
                agent=request.user,
                at=timezone.now(),
            )
            return redirect("console_item", sitting_id=sitting_id, item_id=item_id)
    return _page(request, sitting_id, item_id, status=409, vote=form, form=form)


@for_roles(*CLERKS)
@require_POST
def adjourn(request: SignedIn, sitting_id: UUID, item_id: UUID) -> HttpResponse:
    _item(_held(request, sitting_id), item_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with refusals_beside(form):
            adjourn_item(item_id=item_id, reason=form.cleaned_data["reason"], agent=request.user, at=timezone.now())
            messages.success(request, "Le rapport est ajourné ; il reste prêt pour une autre séance.")
            return redirect("console", sitting_id=sitting_id)
    return _page(request, sitting_id, item_id, status=409, reason=form, form=form)


@for_roles(*CLERKS)
@require_POST
def movement(request: SignedIn, sitting_id: UUID) -> HttpResponse:
    found = _held(request, sitting_id)
    form = MovementForm(request.POST, members=[(s.member.pk, str(s.member)) for s in found.room.sitters])
    if form.is_valid():
        with refusals_beside(form):
            record_attendance(
                sitting_id=sitting_id,
                statuses={form.cleaned_data["member_id"]: form.cleaned_data["status"]},
                agent=request.user,
                at=timezone.now(),
            )
            messages.success(request, "Le mouvement est noté ; il compte à partir du prochain vote.")
            return redirect("console", sitting_id=sitting_id)
    return _page(request, sitting_id, status=409, movement=form, form=form)


@for_roles(*CLERKS)
@require_POST
def close(request: SignedIn, sitting_id: UUID) -> HttpResponse:
    _held(request, sitting_id)
    form = GestureForm(request.POST)
    with refusals_beside(form):
        close_sitting(sitting_id=sitting_id, agent=request.user, at=timezone.now())
        messages.success(request, "La séance est close.")
        return redirect("sitting", sitting_id=sitting_id)
    return _page(request, sitting_id, status=409, form=form)


urls = [
    path("seances/<uuid:sitting_id>/console/", console, name="console"),
    path("seances/<uuid:sitting_id>/console/mouvement", movement, name="movement"),
    path("seances/<uuid:sitting_id>/console/clore", close, name="close_sitting"),
    path("seances/<uuid:sitting_id>/console/<uuid:item_id>/", console, name="console_item"),
    path("seances/<uuid:sitting_id>/console/<uuid:item_id>/releve", count, name="count_votes"),
    path("seances/<uuid:sitting_id>/console/<uuid:item_id>/vote", vote, name="record_vote"),
    path("seances/<uuid:sitting_id>/console/<uuid:item_id>/ajourner", adjourn, name="adjourn_item"),
]
