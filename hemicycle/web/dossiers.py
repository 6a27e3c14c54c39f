"""The dossiers that one may read, in trays: all, mine, late, in copy, my unit's; narrowed, sorted, by the page."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
from hemicycle.web.narrowing import Counted, NarrowingForm, address_of, criteria_of, kept_in

PER_PAGE = 100
#: Who may open a dossier, in a unit or another.
OPENERS = (Role.DRAFTER, Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.ASSEMBLY_OFFICE)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A way to a list, with how many dossiers it holds; None: not counted."""

    label: str
    url: str
    count: str
    current: bool


@signed_in
@require_safe
def dossiers(request: SignedIn) -> HttpResponse:
    on, agent = timezone.localdate(), request.user
    said = request.GET.dict()
    criteria = criteria_of(said)
    kept = finding.filters_of(agent)
    counts = finding.counts_of(agent, on=on, criteria=criteria, kept=kept)
    rows = finding.listed(agent, on=on, criteria=criteria, order=said.get("tri", ""))
    page = Counted(rows, PER_PAGE, total=min(counts.here, finding.MOST_FOUND)).get_page(said.get("page"))
    context = {
        "page": page,
        "lines": lines_of(finding.rows_of(page.object_list), on=on),
        "more": counts.here > finding.MOST_FOUND,
        "query": kept_in(said),
        "form": NarrowingForm(said, units=finding.directions_in_force(on), on=on),
        "narrowed": bool(replace(criteria, tray="").plain()),
        "criteria": criteria.plain(),
        "tabs": tabs(criteria, counts),
        "filters": filter_tabs(kept, criteria, counts),
        "title": finding.TRAYS[criteria.tray][0] if criteria.tray in finding.TRAYS else "",
        "may_open": accounts.holds(agent, *OPENERS, on=on),
    }
    return render(request, "dossier/list.html", context)


def tabs(criteria: Criteria, counts: finding.Counts) -> list[Tab]:
    """« Tous », then each tray with its count."""
    here = reverse("dossiers")
    first = Tab(label="Tous", url=here, count="", current=criteria.tray not in finding.TRAYS)
    return [first] + [
        Tab(label=label, url=f"{here}?panier={key}", count=number_fr(counts.trays[key]), current=criteria.tray == key)
        for key, (label, _) in finding.TRAYS.items()
    ]


def filter_tabs(kept: list[finding.Kept], criteria: Criteria, counts: finding.Counts) -> list[Tab]:
    return [
        Tab(
            label=k.name,
            url=f"{reverse('dossiers')}?{address_of(k.criteria)}",
            count=number_fr(counts.kept[k.id]),
            current=k.criteria == criteria,
        )
        for k in kept
    ]


def number_fr(count: int) -> str:
    """The count beside a name; beyond what is counted, « 99+ »."""
    return f"{finding.COUNTED}+" if count > finding.COUNTED else str(count)


urls = [path("dossiers", dossiers, name="dossiers")]
