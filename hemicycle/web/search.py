"""The search: the dossiers that answer some words, best first, with the passages where the words stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.accounts.models import Agent, Body
from hemicycle.chain.finding import queries as finding
from hemicycle.chain.finding.queries import Criteria
from hemicycle.dossier.stages import Stage
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.holding import lines_of
from hemicycle.web.narrowing import NarrowingForm, criteria_of, kept_in

PER_PAGE = 20
#: Values of a facet shown; the others are in the form.
SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Value:
    """One way to narrow what was found, with how many dossiers it leaves."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Facet:
    title: str
    values: list[Value]


@signed_in
@require_safe
def search(request: SignedIn) -> HttpResponse:
    said = request.GET.dict()
    words = said.get("q", said.get("mots", "")).replace("\x00", "").strip()[:200]
    on, agent = timezone.localdate(), request.user
    if dossier_id := finding.by_number(agent, on=on, words=words):
        return redirect("dossier", dossier_id)
    said = {**said, "q": words, "mots": words}
    units = finding.directions_in_force(on) if words else []
    context: dict[str, object] = {"search_query": words, "page": None, "results": [], "facets": [], "query": ""}
    if words:
        context |= _found(agent, on, said)
    context["form"] = NarrowingForm(said, units=units, on=on) if words else None
    return render(request, "finding/search.html", context)


def _found(agent: Agent, on: dt.date, said: dict[str, str]) -> dict[str, object]:
    criteria = criteria_of(said)
    found = finding.find(agent, on=on, criteria=criteria)
    page = Paginator(found.documents, PER_PAGE).get_page(said.get("page"))
    results = finding.results(list(page.object_list), criteria.words)
    lines = lines_of([result.dossier for result in results], on=on)
    kept = {name: value for name, value in said.items() if name not in ("page", "mots") and value}
    return {
        "page": page,
        "results": list(zip(lines, results, strict=True)),
        "facets": [facet for facet in _facets(found, criteria, kept) if len(facet.values) > 1 or _chosen(facet)],
        "more": found.more,
        "query": kept_in(kept),
        "narrowed": bool(criteria.plain()),
        "criteria": criteria.plain(),
        "left": _left_out(kept),
    }


def _chosen(facet: Facet) -> bool:
    return any(value.chosen for value in facet.values)


def _left_out(kept: dict[str, str]) -> str:
    """The address of the same words without any other criterion; empty when there is none."""
    return f"{reverse('search')}?{urlencode({'q': kept['q']})}" if len(kept) > 1 else ""


def _facets(found: finding.Found, criteria: Criteria, kept: dict[str, str]) -> list[Facet]:
    def value(name: str, key: str, label: str, count: int, *, chosen: bool) -> Value:
        there = {**kept, name: "" if chosen else key}
        url = f"{reverse('search')}?{urlencode({k: v for k, v in there.items() if v})}"
        return Value(label=label, count=count, url=url, chosen=chosen)

    def facet(title: str, name: str, counts: dict[str, int], label: Callable[[str], str], chosen: str) -> Facet:
        most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
        return Facet(title=title, values=[value(name, k, label(k), n, chosen=k == chosen) for k, n in most])

    units, names = _by_direction(found.units)
    return [
        facet("Étape", "etape", found.stages, lambda key: str(Stage(key).label), criteria.stage),
        facet("Direction", "direction", units, lambda key: names[key], criteria.unit),
        facet("Assemblée", "assemblee", found.bodies, _body_fr, criteria.body),
    ]


def _by_direction(units: dict[int, int]) -> tuple[dict[str, int], dict[str, str]]:
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for unit, direction in finding.directions(units).items():
        counts[str(direction.pk)] = counts.get(str(direction.pk), 0) + units[unit]
        names[str(direction.pk)] = direction.short or direction.name
    return counts, names


def _body_fr(key: str) -> str:
    """An act of the president goes to no assembly."""
    return str(Body(key).label) if key else "président"


urls = [path("recherche", search, name="search")]
