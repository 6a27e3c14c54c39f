"""Where dossiers wait and how long each step takes: the figures of the dashboard, limited to what the reader may see.

Durations are in calendar days, nights and week-ends included: what a drafter lives, not what a desk works.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from hemicycle.accounts.models import Agent, Role, Unit
from hemicycle.accounts.rights import rights_of
from hemicycle.chain.circuit.models import CircuitRun, RunStep, Visa
from hemicycle.chain.sitting.models import AgendaItem
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage

#: Who follows all the directions; the Cabinet follows its circuit's dossiers everywhere.
ALL = (
    Role.ASSEMBLY_OFFICE,
    Role.CHIEF_EXECUTIVE,
    Role.SECRETARIAT,
    Role.CABINET,
    Role.PRESIDENT,
    Role.AUDITOR,
)
#: Who follows the units they head.
HEADS = (Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.DEPUTY_CHIEF)

#: Where a dossier may wait, in the order of the chain: key, words, stages.
PLACES: tuple[tuple[str, str, tuple[Stage, ...]], ...] = (
    ("drafting", "en rédaction", (Stage.DRAFTING, Stage.TO_CORRECT)),
    ("visas", "en visas", (Stage.IN_CIRCUIT,)),
    ("sitting", "avant le vote", (Stage.READY, Stage.ON_AGENDA)),
    ("signature", "à signer", (Stage.ADOPTED, Stage.TO_SIGN)),
    (
        "prefecture",
        "en préfecture",
        (Stage.SIGNED, Stage.TRANSMITTED, Stage.REFUSED_BY_PREFECTURE, Stage.TRANSMISSION_CANCELLED),
    ),
    (
        "archive",
        "à publier, à verser",
        (Stage.ACKNOWLEDGED, Stage.PUBLISHED, Stage.NOTIFIED, Stage.DEPOSITED, Stage.REFUSED_BY_ARCHIVE),
    ),
)
_PLACE = {stage: key for key, _, stages in PLACES for stage in stages}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The dossiers that the reader's figures are of."""

    dossiers: QuerySet[Dossier]
    #: Those among them that may be named.
    readable: QuerySet[Dossier]
    #: Unit → its direction, for every unit.
    directions: dict[int, Unit]
    #: Whether it covers every direction.
    whole: bool


def scope(agent: Agent, *, on: dt.date) -> Scope:
    """What the agent follows. Raises NotEntitled for whoever follows nothing."""
    rights = rights_of(agent, on=on)
    units = Unit.objects.select_related("parent__parent__parent").order_by("id")
    directions = {unit.pk: unit.direction for unit in units}
    if rights.roles & set(ALL):
        # The Cabinet has its step in every circuit: it counts what it may not open, and names none of it.
        readable = access.visible_to(agent, on=on)
        every = Dossier.objects.all() if Role.CABINET in rights.roles else readable
        return Scope(dossiers=every, readable=readable, directions=directions, whole=True)
    if headed := rights.units(*HEADS):
        own = access.visible_to(agent, on=on).filter(unit__in=headed)
        return Scope(dossiers=own, readable=own, directions=directions, whole=False)
    raise NotEntitled("Le tableau de bord est pour ceux qui dirigent un service, une direction ou la chaîne entière.")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Where the dossiers of one direction wait, by the keys of PLACES."""

    direction: str
    places: dict[str, int]
    late: int

    @property
    def total(self) -> int:
        return sum(self.places.values())


def waiting(found: Scope, *, on: dt.date) -> list[Waiting]:
    """A line per direction that has something in progress, the most loaded first."""
    live = found.dossiers.filter(stage__in=_PLACE).order_by()
    places: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys((key for key, *_ in PLACES), 0))
    for unit, stage, many in live.values_list("unit_id", "stage").annotate(many=Count("pk")):
        places[_name(found, unit)][_PLACE[Stage(stage)]] += many
    late: dict[str, int] = defaultdict(int)
    open_steps = RunStep.objects.filter(opened_at__isnull=False, closed_at=None, held_at=None, due_on__lt=on)
    travelling = found.dossiers.filter(stage=Stage.IN_CIRCUIT, id__in=open_steps.values("run__dossier")).order_by()
    for unit, many in travelling.values_list("unit_id").annotate(many=Count("pk")):
        late[_name(found, unit)] += many
    lines = [Waiting(direction=name, places=held, late=late[name]) for name, held in places.items()]
    return sorted(lines, key=lambda line: (-line.total, line.direction))


def _name(found: Scope, unit: int) -> str:
    direction = found.directions[unit]
    return direction.short or direction.name


@dataclass(frozen=True, kw_only=True)
class Span:
    """How long something took in a period: half of the times up to `median` days, nine in ten up to `p90`."""

    label: str
    count: int
    median: float
    p90: float
    #: The median of the period before; None when nothing ended then.
    before: float | None
    returns: int = 0


@dataclass(frozen=True, kw_only=True)
class Period:
    #: First day and the day after the last.
    since: dt.datetime
    until: dt.datetime

    @property
    def previous(self) -> Period:
        return Period(since=self.since - (self.until - self.since), until=self.since)


@dataclass(frozen=True, kw_only=True)
class Times:
    steps: list[Span]
    #: From submission to the last visa, per direction.
    directions: list[Span]
    #: The same, all together.
    whole: Span | None


def times(found: Scope, period: Period) -> Times:
    """Time per step and per direction of what ended in the period, beside the period before."""
    closed = Q(closed_at__gte=period.previous.since, closed_at__lt=period.until, opened_at__isnull=False)
    rows = RunStep.objects.filter(closed, run__dossier__in=found.dossiers).order_by("pk")
    steps: dict[str, list[tuple[dt.datetime, float]]] = defaultdict(list)
    for label, opened, ended in rows.values_list("label", "opened_at", "closed_at"):
        assert opened is not None and ended is not None
        steps[label].append((ended, _days(opened, ended)))
    passed: dict[str, list[tuple[dt.datetime, float]]] = defaultdict(list)
    ended_runs = Q(completed_at__gte=period.previous.since, completed_at__lt=period.until)
    runs = CircuitRun.objects.filter(ended_runs, dossier__in=found.dossiers).order_by("pk")
    for unit, started, done in runs.values_list("dossier__unit_id", "started_at", "completed_at"):
        assert done is not None
        passed[_name(found, unit)].append((done, _days(started, done)))
    back = _returns(found, period)
    every = [pair for pairs in passed.values() for pair in pairs]
    return Times(
        steps=_spans(steps, period, back[0]),
        directions=_spans(passed, period, back[1]),
        whole=next(iter(_spans({"": every}, period, {"": sum(back[1].values())})), None),
    )


def _returns(found: Scope, period: Period) -> tuple[dict[str, int], dict[str, int]]:
    """Sendings back in the period, by step and by direction."""
    by_step: dict[str, int] = defaultdict(int)
    by_direction: dict[str, int] = defaultdict(int)
    said = Visa.objects.filter(
        kind__in=[Visa.Kind.SENT_BACK, Visa.Kind.SENT_BACK_TO],
        given_at__gte=period.since,
        given_at__lt=period.until,
        step__run__dossier__in=found.dossiers,
    ).order_by()
    for label, unit, many in said.values_list("step__label", "step__run__dossier__unit_id").annotate(many=Count("pk")):
        by_step[label] += many
        by_direction[_name(found, unit)] += many
    return by_step, by_direction


def _spans(measured: dict[str, list[tuple[dt.datetime, float]]], period: Period, returns: dict[str, int]) -> list[Span]:
    spans = []
    for label, pairs in measured.items():
        now = sorted(days for ended, days in pairs if ended >= period.since)
        before = [days for ended, days in pairs if ended < period.since]
        if now:
            spans.append(
                Span(
                    label=label,
                    count=len(now),
                    median=median(now),
                    p90=now[min(len(now) - 1, int(len(now) * 0.9))],
                    before=median(before) if before else None,
                    returns=returns.get(label, 0),
                )
            )
    return sorted(spans, key=lambda span: (-span.median, span.label))


def _days(start: dt.datetime, end: dt.datetime) -> float:
    return max(0.0, (end - start).total_seconds() / 86_400)


@dataclass(frozen=True, kw_only=True)
class Month:
    #: First day.
    on: dt.date
    opened: int
    adopted: int


def months(found: Scope, *, since: dt.datetime) -> list[Month]:
    """How many dossiers were opened, and adopted in a sitting, each month from the one of `since`."""
    opened = _monthly(found.dossiers.filter(opened_at__gte=since), "opened_at")
    voted = AgendaItem.objects.filter(outcome=AgendaItem.Outcome.ADOPTED, sitting__starts_at__gte=since)
    voted = voted if found.whole else voted.filter(dossier__in=found.dossiers)
    adopted = _monthly(voted, "sitting__starts_at")
    return [Month(on=on, opened=opened.get(on, 0), adopted=adopted.get(on, 0)) for on in sorted({*opened, *adopted})]


def _monthly(rows: QuerySet[Dossier] | QuerySet[AgendaItem], column: str) -> dict[dt.date, int]:
    counted: Iterable[tuple[dt.datetime, int]] = (
        rows.order_by().annotate(month=TruncMonth(column)).values_list("month").annotate(many=Count("pk"))
    )
    return {month.date().replace(day=1): many for month, many in counted}
