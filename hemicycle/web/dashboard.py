"""Tableau de bord: where dossiers wait, how long each step takes, what will miss the next sitting, how many a month."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.chain.finding import figures, forecast
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.drawings.months import Volume
from hemicycle.web.drawings.spans import Length, days_fr
from hemicycle.web.drawings.waiting import Load, Place

#: Who has one: the shell shows its way to them alone.
READERS = frozenset({*figures.ALL, *figures.HEADS})
#: Key of a period → its words, its days.
PERIODS = {"mois": ("30 jours", 30), "trimestre": ("trois mois", 91), "annee": ("un an", 365)}
USUAL = "trimestre"
#: What fits under a small bar.
SHORT = {
    "drafting": "réd.",
    "visas": "visas",
    "sitting": "vote",
    "signature": "sign.",
    "prefecture": "préf.",
    "archive": "arch.",
}
#: Months of volume shown.
MONTHS = 12


@signed_in
@require_safe
def dashboard(request: SignedIn) -> HttpResponse:
    on, now = timezone.localdate(), timezone.now()
    try:
        scope = figures.scope(request.user, on=on)
    except NotEntitled as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    chosen = request.GET.get("periode", USUAL)
    chosen = chosen if chosen in PERIODS else USUAL
    words, days = PERIODS[chosen]
    period = figures.Period(since=now - dt.timedelta(days=days), until=now)
    waiting = figures.waiting(scope, on=on)
    times = figures.times(scope, period)
    context = {
        "periods": [(f"?periode={key}", label, key == chosen) for key, (label, _) in PERIODS.items()],
        "period": words,
        "whole_chain": scope.whole,
        "loads": [_load(line, scope) for line in waiting],
        "places": [Place(key=key, label=label, short=SHORT[key]) for key, label, _ in figures.PLACES],
        "in_progress": sum(line.total for line in waiting),
        "late": sum(line.late for line in waiting),
        "steps": [_length(span) for span in times.steps],
        "directions": [_length(span) for span in times.directions],
        "usual": _usual(times.whole),
        "forecasts": forecast.next_sittings(scope, at=now),
        "volumes": _volumes(scope, now),
    }
    return render(request, "finding/dashboard.html", context)


def _load(line: figures.Waiting, scope: figures.Scope) -> Load:
    unit = next((u for u in scope.directions.values() if (u.short or u.name) == line.direction), None)
    href = f"{reverse('dossiers')}?direction={unit.pk}" if unit is not None else ""
    return Load(name=line.direction, counts=line.places, late=line.late, href=href)


def _length(span: figures.Span) -> Length:
    return Length(
        label=span.label,
        median=span.median,
        p90=span.p90,
        before=span.before,
        count=span.count,
        returns=span.returns,
    )


def _usual(span: figures.Span | None) -> dict[str, str]:
    """The time of a whole passage, in words; empty when nothing ended."""
    if span is None:
        return {}
    before = days_fr(span.before) if span.before is not None else ""
    return {"median": days_fr(span.median), "p90": days_fr(span.p90), "before": before, "count": str(span.count)}


def _volumes(scope: figures.Scope, now: dt.datetime) -> list[Volume]:
    first = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    year, month = divmod(first.year * 12 + first.month - 1 - (MONTHS - 1), 12)
    since = first.replace(year=year, month=month + 1)
    known = {month.on: month for month in figures.months(scope, since=since)}
    days = [dt.date(y, m + 1, 1) for y, m in (divmod(year * 12 + month + n, 12) for n in range(MONTHS))]
    return [
        Volume(on=day, opened=known[day].opened, adopted=known[day].adopted)
        if day in known
        else Volume(on=day, opened=0, adopted=0)
        for day in days
    ]


urls = [path("tableau-de-bord", dashboard, name="dashboard")]
