"""A rule tried on past dossiers before it is switched on: what it would have added, and where."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hemicycle.accounts.models import Agent, Unit
from hemicycle.chain.circuit import conditions
from hemicycle.chain.circuit.conditions import When
from hemicycle.chain.circuit.models import CircuitStep, RunStep, VisaRule
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier

EXAMPLES = 10


@dataclass(frozen=True, kw_only=True)
class Share:
    """What the trial says of one direction."""

    direction: Unit
    #: Dossiers submitted in the period, and those where the rule would have added a visa.
    dossiers: int
    added: int


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a rule would have done to the dossiers submitted from one day to another, both included."""

    first_day: dt.date
    last_day: dt.date
    dossiers: int
    #: Those whose data meet the conditions.
    concerned: int
    #: Among them, those whose circuit did not ask for that visa: the rule would have added it.
    added: int
    #: The directions concerned, the most first.
    shares: tuple[Share, ...]
    #: Some of those where a visa would have been added, the latest first, that the reader may open.
    examples: tuple[Dossier, ...]

    @property
    def already(self) -> int:
        """Concerned, and whose circuit asked for that visa already."""
        return self.concerned - self.added


def digest_of(rule: VisaRule) -> str:
    """SHA-256 of what a trial looks at: who, and when. Another name or another reason changes nothing to it."""
    when = conditions.of(rule)
    facts = {
        "role": rule.role,
        "desk": rule.desk_id,
        "amount_over": None if when.amount_over is None else f"{when.amount_over:.2f}",
        "subjects": sorted(when.subjects),
        "act_types": sorted(when.act_types),
        "units": sorted(when.units),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def try_rule(
    *, when: When, role: str, desk_id: int | None, first_day: dt.date, last_day: dt.date, agent: Agent, on: dt.date
) -> Trial:
    """Try a rule on every dossier submitted in the period, by the data it has now: four queries, however many.

    `agent` sees examples among the dossiers that he may read on that day; the figures are of all.
    """
    submitted = Dossier.objects.filter(run__started_at__date__gte=first_day, run__started_at__date__lte=last_day)
    meets = conditions.among(when)
    lacks = ~Exists(_asked_already(role, desk_id))
    per_unit = (
        submitted.annotate(lacking=lacks)
        .order_by()
        .values("unit")
        .annotate(
            dossiers=Count("pk"),
            concerned=Count("pk", filter=meets),
            added=Count("pk", filter=meets & Q(lacking=True)),
        )
    )
    rows = [(row["unit"], row["dossiers"], row["concerned"], row["added"]) for row in per_unit]
    added = submitted.filter(meets).filter(lacks)
    return Trial(
        first_day=first_day,
        last_day=last_day,
        dossiers=sum(row[1] for row in rows),
        concerned=sum(row[2] for row in rows),
        added=sum(row[3] for row in rows),
        shares=_shares([(unit, dossiers, more) for unit, dossiers, _, more in rows]),
        examples=_examples(added, agent, on=on),
    )


def _asked_already(role: str, desk_id: int | None) -> QuerySet[RunStep]:
    """The steps of a dossier's passage that asked for that visa, other than those a rule added."""
    steps = RunStep.objects.filter(run__dossier=OuterRef("pk"), origin=RunStep.Origin.CIRCUIT)
    if desk_id is None:
        return steps.filter(role=role)
    # A passage keeps the label of its steps, not their desk.
    labels = CircuitStep.objects.filter(desk=desk_id).values("label")
    return steps.filter(role="", label__in=labels)


def _shares(rows: list[tuple[int, int, int]]) -> tuple[Share, ...]:
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for unit in units.values():
        # The way up is walked in memory.
        if unit.parent_id is not None:
            unit.parent = units[unit.parent_id]
    totals: dict[int, list[int]] = {}
    for unit_id, dossiers, added in rows:
        total = totals.setdefault(units[unit_id].direction.pk, [0, 0])
        total[0] += dossiers
        total[1] += added
    shares = [Share(direction=units[pk], dossiers=total[0], added=total[1]) for pk, total in totals.items()]
    return tuple(sorted(shares, key=lambda s: (-s.added, -s.dossiers, s.direction.name)))


def _examples(added: QuerySet[Dossier], agent: Agent, *, on: dt.date) -> tuple[Dossier, ...]:
    readable = access.visible_to(agent, on=on).values("pk")
    found = added.filter(pk__in=readable).select_related("unit", "run__circuit")
    return tuple(found.order_by("-run__started_at", "number")[:EXAMPLES])
