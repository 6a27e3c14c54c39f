"""Sittings: the list, the planning, the agenda, the summons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.sitting import queries
from hemicycle.chain.sitting.actions.convene import convene
from hemicycle.chain.sitting.actions.order_agenda import order_agenda
from hemicycle.chain.sitting.actions.plan_sitting import plan_sitting
from hemicycle.chain.sitting.actions.put_on_agenda import put_on_agenda
from hemicycle.chain.sitting.actions.take_off_agenda import take_off_agenda
from hemicycle.dossier.dates import day
from hemicycle.law.notice import Notice
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.doors import for_roles
from hemicycle.web.drawings.legal_calendar import Milestone, MilestoneState
from hemicycle.web.papers import file_answer
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.sitting_forms import BatchForm, ConveneForm, GestureForm, PlanForm, ReasonForm

#: Who may prepare and hold a sitting.
CLERKS = (Role.ASSEMBLY_OFFICE, Role.PRESIDENT)
SIGNS = {"preparing": "todo", "convened": "expected", "open": "current", "closed": "done"}
OUTCOME_SIGNS = {"pending": "todo", "adopted": "done", "rejected": "refused", "adjourned": "stale", "removed": "stale"}


def is_clerk(agent: Agent) -> bool:
    return accounts.holds(agent, *CLERKS, on=timezone.localdate())


def may_register(agent: Agent) -> bool:
    """Whether the agent notes who is in the room and who votes for whom."""
    return accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=timezone.localdate())


def detail_or_404(sitting_id: UUID, agent: Agent) -> queries.Detail:
    return found(queries.detail, sitting_id=sitting_id, agent=agent, on=timezone.localdate())


@signed_in
@require_safe
def sittings(request: SignedIn) -> HttpResponse:
    rows = [(s, SIGNS[s.state]) for s in queries.sittings(request.user, on=timezone.localdate())]
    around = [s for s, _ in rows][:8]
    milestones = [
        Milestone(
            on=day(s.starts_at),
            label=s.get_body_display(),
            state="done" if s.state == "closed" else "current" if s.state == "open" else "todo",
            note=s.get_state_display(),
            href=f"/seances/{s.id}/",
        )
        for s in reversed(around)
    ]
    context = {"rows": rows, "milestones": milestones, "may_plan": is_clerk(request.user)}
    return render(request, "sitting/list.html", context)


@for_roles(*CLERKS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SignedIn) -> HttpResponse:
    form = PlanForm(request.POST or None)
    if form.is_valid():
        with refusals_beside(form):
            sitting = plan_sitting(agent=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "La séance est planifiée. Composez maintenant son ordre du jour.")
            return redirect("sitting", sitting_id=sitting.id)
    return render(request, "sitting/plan.html", {"form": form}, status=409 if form.is_bound else 200)


@signed_in
@require_safe
def preparation(request: SignedIn, sitting_id: UUID) -> HttpResponse:
    return _page(request, sitting_id)


def _page(request: SignedIn, sitting_id: UUID, *, status: int = 200, **forms_kept: Any) -> HttpResponse:
    """The preparation page; a form that was refused comes back in `forms_kept`, as it was filled."""
    detail = detail_or_404(sitting_id, request.user)
    clerk = is_clerk(request.user)
    context = {
        "detail": detail,
        "sitting": detail.sitting,
        "sign": SIGNS[detail.sitting.state],
        "tab": "agenda",
        "lines": [(item, OUTCOME_SIGNS[item.outcome]) for item in detail.items],
        "may_prepare": clerk,
        "ready": detail.ready if clerk else [],
        "milestones": _milestones(detail.notice, detail.sitting),
        "needs_urgency": _is_late(detail.notice),
        "form": None,
        "refused_item": None,
        "batch": BatchForm(ready=[], late=detail.sitting.state != "preparing"),
        "convene": ConveneForm(urgent=_is_late(detail.notice)),
        **forms_kept,
    }
    return render(request, "sitting/preparation.html", context, status=status)


def _is_late(notice: Notice | None) -> bool:
    """Whether the summons may leave today only in urgency, with a reason."""
    return notice is not None and notice.verdict in ("late", "doubtful")


def _milestones(notice: Notice | None, sitting: Any) -> list[Milestone]:
    """The last day to convene, today, the sitting: what the clerk counts on the fingers otherwise."""
    days: list[Milestone] = []
    meeting, today = day(sitting.starts_at), timezone.localdate()
    if sitting.convened_at:
        on = day(sitting.convened_at)
        days.append(Milestone(on=on, label="Convocation envoyée", state="done"))
    elif notice is not None and notice.last_safe_send is not None:
        on = notice.last_safe_send
        state: MilestoneState = "late" if today > on else "todo"
        days.append(Milestone(on=on, label="Dernier jour pour convoquer", state=state, note=notice.article))
    days.append(Milestone(on=meeting, label="Séance", state="done" if sitting.state == "closed" else "todo"))
    return sorted(days, key=lambda m: m.on)


@for_roles(*CLERKS)
@require_POST
def order(request: SignedIn, sitting_id: UUID) -> HttpResponse:
    """Take one item up or down a place: « <item>:up »."""
    form = GestureForm(request.POST)
    ids = [item.id for item in detail_or_404(sitting_id, request.user).items if item.outcome == "pending"]
    with refusals_beside(form):
        order_agenda(
            sitting_id=sitting_id,
            item_ids=_moved(ids, request.POST.get("move", "")),
            agent=request.user,
            at=timezone.now(),
        )
        return redirect("sitting", sitting_id=sitting_id)
    return _page(request, sitting_id, status=409, form=form)


def _moved(ids: list[UUID], move: str) -> list[UUID]:
    name, _, way = move.partition(":")
    here = next((place for place, item_id in enumerate(ids) if str(item_id) == name), None)
    if here is None:
        return []
    there = max(0, min(len(ids) - 1, here + (-1 if way == "up" else 1)))
    moved = [*ids]
    moved.insert(there, moved.pop(here))
    return moved


@for_roles(*CLERKS)
@require_POST
def add(request: SignedIn, sitting_id: UUID) -> HttpResponse:
    detail = detail_or_404(sitting_id, request.user)
    ready = [(str(d.id), d.number) for d in detail.ready]
    form = BatchForm(request.POST, ready=ready, late=detail.sitting.state != "preparing")
    if form.is_valid():
        chosen, urgency = form.cleaned_data["dossiers"], form.cleaned_data["urgency"]
        # All of them or none: a batch half done would have to be found out by reading.
        with refusals_beside(form), transaction.atomic():
            for dossier_id in chosen:
                put_on_agenda(
                    sitting_id=sitting_id,
                    dossier_id=UUID(dossier_id),
                    urgency=urgency,
                    agent=request.user,
                    at=timezone.now(),
                )
            messages.success(request, f"{_dossiers(len(chosen))} à l’ordre du jour.")
            return redirect("sitting", sitting_id=sitting_id)
    return _page(request, sitting_id, status=409, batch=form, form=form)


def _dossiers(number: int) -> str:
    return f"{number} dossiers inscrits" if number > 1 else "1 dossier inscrit"


@for_roles(*CLERKS)
@require_POST
def take_off(request: SignedIn, sitting_id: UUID, item_id: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    if item_id not in {item.id for item in detail_or_404(sitting_id, request.user).items}:
        raise Http404
    if form.is_valid():
        with refusals_beside(form):
            take_off_agenda(item_id=item_id, reason=form.cleaned_data["reason"], agent=request.user, at=timezone.now())
            messages.success(request, "Le dossier est retiré de l’ordre du jour ; il reste prêt pour une autre séance.")
            return redirect("sitting", sitting_id=sitting_id)
    return _page(request, sitting_id, status=409, form=form, refused_item=item_id)


@for_roles(*CLERKS)
@require_POST
def send_summons(request: SignedIn, sitting_id: UUID) -> HttpResponse:
    detail = detail_or_404(sitting_id, request.user)
    form = ConveneForm(request.POST, urgent=_is_late(detail.notice))
    if form.is_valid():
        with refusals_beside(form):
            convene(
                sitting_id=sitting_id,
                urgency=form.cleaned_data["urgency"],
                agent=request.user,
                at=timezone.now(),
            )
            messages.success(request, "Les membres sont convoqués ; leurs rapports sont à leur disposition.")
            return redirect("summonses", sitting_id=sitting_id)
    return _page(request, sitting_id, status=409, convene=form, form=form)


@signed_in
@require_safe
def summonses(request: SignedIn, sitting_id: UUID) -> HttpResponse:
    detail = detail_or_404(sitting_id, request.user)
    if not accounts.holds(request.user, *queries.OFFICE, on=timezone.localdate()):
        raise Http404
    context = {
        "detail": detail,
        "sitting": detail.sitting,
        "sign": SIGNS[detail.sitting.state],
        "tab": "summonses",
        "opened": sum(1 for s in detail.summonses if s.opened_at),
        "sent": sum(1 for s in detail.summonses if s.sent_at),
    }
    return render(request, "sitting/summonses.html", context)


@signed_in
@require_safe
def paper(request: SignedIn, sitting_id: UUID, which: str) -> HttpResponse:
    data = found(queries.paper, sitting_id=sitting_id, which=which, agent=request.user, on=timezone.localdate())
    return file_answer(data, name=f"{which}.pdf", media_type="application/pdf")


urls = [
    path("seances/", sittings, name="sittings"),
    path("seances/nouvelle", plan, name="plan_sitting"),
    path("seances/<uuid:sitting_id>/", preparation, name="sitting"),
    path("seances/<uuid:sitting_id>/ordre", order, name="order_agenda"),
    path("seances/<uuid:sitting_id>/inscrire", add, name="put_on_agenda"),
    path("seances/<uuid:sitting_id>/retirer/<uuid:item_id>", take_off, name="take_off_agenda"),
    path("seances/<uuid:sitting_id>/convoquer", send_summons, name="convene"),
    path("seances/<uuid:sitting_id>/convocations", summonses, name="summonses"),
    path("seances/<uuid:sitting_id>/papiers/<slug:which>.pdf", paper, name="sitting_paper"),
]
