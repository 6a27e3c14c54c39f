"""The installation as it is set up: people, units. Read only."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Post, Role, Unit
from hemicycle.chain.connectors import queries as connectors
from hemicycle.dossier import outbox
from hemicycle.web.access import SignedIn
from hemicycle.web.doors import for_roles
from hemicycle.web.inbox_troubles import MENDERS
from hemicycle.web.transmission import troubles

OFFICE = (Role.ADMINISTRATOR, Role.ASSEMBLY_OFFICE, Role.AUDITOR)


@for_roles(*OFFICE)
@require_safe
def overview(request: SignedIn) -> HttpResponse:
    lines = connectors.overview()
    context = {
        "tab": "overview",
        "authority": accounts.authority(),
        "connectors": len(lines),
        "connectors_set": sum(1 for line in lines if line.address),
        "connectors_failing": [line for line in lines if line.last and line.last.outcome == "failed"],
        "waiting": outbox.waiting(),
        "errands": troubles(),
        "may_mend": accounts.holds(request.user, *MENDERS, on=timezone.localdate()),
    }
    return render(request, "administration/overview.html", context)


@for_roles(*OFFICE)
@require_safe
def people(request: SignedIn) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    found = Agent.objects.order_by("last_name", "first_name", "email")
    for word in words.split():
        found = found.filter(last_name__icontains=word) | found.filter(first_name__icontains=word)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    posts = Post.objects.filter(agent__in=list(page)).select_related("unit").order_by("valid_from", "id")
    held: dict[object, list[Post]] = {}
    for post in posts:
        held.setdefault(post.agent_id, []).append(post)
    rows = [(agent, held.get(agent.pk, [])) for agent in page]
    query = urlencode({"q": words}) if words else ""
    context = {"tab": "people", "page": page, "rows": rows, "q": words, "query": query}
    return render(request, "administration/people.html", context)


@dataclass(frozen=True, kw_only=True)
class Branch:
    unit: Unit
    agents: list[Agent]
    branches: list[Branch]


@for_roles(*OFFICE)
@require_safe
def units(request: SignedIn) -> HttpResponse:
    today = timezone.localdate()
    every = list(Unit.objects.on(today).order_by("name"))
    heads: dict[int, list[Agent]] = {}
    lead = (Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.DEPUTY_CHIEF)
    for post in Post.objects.on(today).filter(role__in=lead, unit__isnull=False).select_related("agent").order_by("id"):
        heads.setdefault(post.unit_id, []).append(post.agent)

    def under(parent: int | None) -> list[Branch]:
        return [
            Branch(unit=u, agents=heads.get(u.pk, []), branches=under(u.pk)) for u in every if u.parent_id == parent
        ]

    return render(request, "administration/units.html", {"tab": "units", "branches": under(None), "total": len(every)})


urls = [
    path("administration/", overview, name="administration"),
    path("administration/personnes", people, name="people"),
    path("administration/organisation", units, name="units"),
]
