"""What will miss the next sitting: the steps left, at the usual pace, against the day its summons must leave."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from hemicycle.accounts.models import Authority, Body
from hemicycle.chain.circuit.models import CircuitRun, RunStep
from hemicycle.chain.finding.figures import Scope
from hemicycle.chain.sitting.models import Sitting, SittingState
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage

#: Clear days before a sitting of the council (L3121-19); the committee's are the authority's own.
COUNCIL_DAYS = 12
#: Passages of steps that a usual time is drawn from, at most; days of a step never passed yet.
SAMPLE, UNKNOWN = 2000, 3.0
#: Days of writing left to what is not submitted yet, besides its visas.
WRITING = 2.0
SHOWN = 30
#: The label of no step.
WHOLE = ""


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A dossier that aims at a sitting and that will not be ready in time at the usual pace."""

    dossier: Dossier
    #: Visas still to be given; 0 when it was never submitted.
    steps_left: int
    days_left: float
    ready_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Forecast:
    sitting: Sitting
    #: The last day on which its summons may leave.
    summons_by: dt.date
    aimed: int
    missing: list[Missing]


def next_sittings(found: Scope, *, at: dt.datetime) -> list[Forecast]:
    """The next sitting of each body, with the dossiers that aim at it and will miss it, the furthest behind first."""
    coming = Sitting.objects.filter(starts_at__gt=at, state=SittingState.PREPARING).order_by("starts_at")
    first: dict[str, Sitting] = {}
    for sitting in coming:
        first.setdefault(sitting.body, sitting)
    pace = _pace(at) if first else {}
    return [_forecast(found, sitting, pace, on=day(at)) for sitting in first.values()]


def _forecast(found: Scope, sitting: Sitting, pace: dict[str, float], *, on: dt.date) -> Forecast:
    held = day(sitting.starts_at)
    clear = COUNCIL_DAYS if sitting.body == Body.COUNCIL else _committee_days()
    summons_by = held - dt.timedelta(days=clear + 1)
    writing = [Stage.DRAFTING, Stage.TO_CORRECT, Stage.IN_CIRCUIT]
    aimed = found.readable.filter(body=sitting.body, target_date=held, stage__in=writing, lead=None)
    listed = list(
        aimed.select_related("unit__parent__parent__parent", "drafter").defer("report", "deliberation", "extra")
    )
    left = _steps_left(listed)
    missing = []
    for dossier in listed:
        steps = left.get(dossier.id)
        days = sum(pace.get(label, UNKNOWN) for label in steps) if steps else WRITING + pace.get(WHOLE, UNKNOWN * 3)
        days += WRITING if dossier.stage == Stage.TO_CORRECT else 0
        ready_on = on + dt.timedelta(days=round(days))
        if ready_on > summons_by:
            missing.append(Missing(dossier=dossier, steps_left=len(steps or ()), days_left=days, ready_on=ready_on))
    missing.sort(key=lambda m: (m.ready_on, m.dossier.number), reverse=True)
    return Forecast(sitting=sitting, summons_by=summons_by, aimed=len(listed), missing=missing[:SHOWN])


def _committee_days() -> int:
    authority = Authority.objects.first()
    return authority.committee_notice_days if authority else COUNCIL_DAYS


def _steps_left(dossiers: list[Dossier]) -> dict[object, list[str]]:
    """Dossier → the steps that it has still to pass; one never submitted is left out."""
    left: dict[object, list[str]] = defaultdict(list)
    rows = RunStep.objects.filter(run__dossier__in=dossiers, closed_at=None, waived_at=None).order_by("order")
    for dossier_id, label in rows.values_list("run__dossier_id", "label"):
        left[dossier_id].append(label)
    return left


def _pace(at: dt.datetime) -> dict[str, float]:
    """Step → its usual days, and WHOLE → those of a whole passage, from the last ones."""
    taken: dict[str, list[float]] = defaultdict(list)
    rows = RunStep.objects.filter(closed_at__lte=at, opened_at__isnull=False).order_by("-closed_at")
    for label, opened, closed in rows.values_list("label", "opened_at", "closed_at")[:SAMPLE]:
        assert opened is not None and closed is not None
        taken[label].append((closed - opened).total_seconds() / 86_400)
    passed = CircuitRun.objects.filter(completed_at__lte=at).order_by("-completed_at")
    for started, completed in passed.values_list("started_at", "completed_at")[:SAMPLE]:
        assert completed is not None
        taken[WHOLE].append((completed - started).total_seconds() / 86_400)
    return {label: median(days) for label, days in taken.items()}
