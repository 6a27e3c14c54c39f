"""The dossiers that one may read, in trays: all, mine, late, in copy, my unit's; narrowed, sorted, by the page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.finding import queries as finding
from hemicycle.chain.finding.queries import Criteria
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.holding import lines_of
from hemicycle.web.narrowing import NarrowingForm, address_of, criteria_of, kept_in

PER_PAGE = 100
#: Who may open a dossier, in a unit or another.
OPENERS = (Role.DRAFTER, Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.ASSEMBLY_OFFICE)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A way to a list; `key` names the place of its count, empty when it is not counted."""

    key: str
    label: str
    url: str
    current: bool


@signed_in
@require_safe
def dossiers(request: SignedIn) -> HttpResponse:
    on, agent = timezone.localdate(), request.user
    said = request.GET.dict()
    criteria = criteria_of(said)
    found = finding.listed(agent, on=on, criteria=criteria, order=said.get("tri", ""))
    page = Paginator(found[: finding.MOST_LISTED], PER_PAGE).get_page(said.get("page"))
    context = {
        "page": page,
        "lines": lines_of(finding.rows_of(page.object_list), on=on),
        "more": len(found) > finding.MOST_LISTED,
        "query": kept_in(said),
        "form": NarrowingForm(said, units=finding.directions_in_force(on), on=on),
        "narrowed": bool(replace(criteria, tray="").plain()),
        "criteria": criteria.plain(),
        "tabs": tabs(criteria),
        "filters": filter_tabs(finding.filters_of(agent), criteria),
        "title": finding.TRAYS[criteria.tray][0] if criteria.tray in finding.TRAYS else "",
        "may_open": accounts.holds(agent, *OPENERS, on=on),
    }
    return render(request, "dossier/list.html", context)


@signed_in
@require_safe
def counts(request: SignedIn) -> HttpResponse:
    """How many each tray and each filter holds, which the list asks for once it is on screen."""
    kept = finding.filters_of(request.user)
    found = finding.counts_of(request.user, on=timezone.localdate(), kept=kept)
    by_key = found.trays | {_key(k): found.kept[k.id] for k in kept}
    listed = {key: number_fr(count) for key, count in by_key.items()}
    return render(request, "dossier/_counts.html", {"counts": listed})


def tabs(criteria: Criteria) -> list[Tab]:
    """« Tous », then each tray."""
    here = reverse("dossiers")
    first = Tab(key="", label="Tous", url=here, current=criteria.tray not in finding.TRAYS)
    return [first] + [
        Tab(key=key, label=label, url=f"{here}?panier={key}", current=criteria.tray == key)
        for key, (label, _) in finding.TRAYS.items()
    ]


def filter_tabs(kept: list[finding.Kept], criteria: Criteria) -> list[Tab]:
    here = reverse("dossiers")
    return [
        Tab(key=_key(k), label=k.name, url=f"{here}?{address_of(k.criteria)}", current=k.criteria == criteria)
        for k in kept
    ]


def _key(kept: finding.Kept) -> str:
    return f"filtre-{kept.id}"


def number_fr(count: int) -> str:
    """The count beside a name; beyond what is counted, « 99+ »."""
    return f"{finding.COUNTED}+" if count > finding.COUNTED else str(count)


urls = [path("dossiers", dossiers, name="dossiers"), path("dossiers/comptes", counts, name="dossier_counts")]
