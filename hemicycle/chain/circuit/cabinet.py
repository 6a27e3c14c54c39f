"""The Cabinet's tray, across all directions: what waits there, what it holds, what it keeps, what comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.models import RunStep
from hemicycle.chain.circuit.queries import InTray
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage

#: A list shows so many dossiers at most.
SHOWN = 100
LINEAGE = "unit__parent__parent__parent"


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A dossier whose next step is the Cabinet's: who it is with meanwhile."""

    dossier: Dossier
    step: str
    #: Whether the reader may open it already.
    readable: bool


@dataclass(frozen=True, kw_only=True)
class Tray:
    waiting: tuple[InTray, ...]
    held: tuple[InTray, ...]
    #: Why each of those is held, by the id of its step.
    reasons: dict[int, str]
    embargoed: tuple[Dossier, ...]
    coming: tuple[Coming, ...]


def tray(agent: Agent, *, on: dt.date) -> Tray:
    """All that concerns a member of the Cabinet on that day."""
    mine = [waiting for waiting in circuit.in_tray(agent, on=on) if waiting.awaited.role == Role.CABINET]
    held = [waiting for waiting in mine if waiting.awaited.held_at is not None]
    whys = RunStep.objects.filter(pk__in=[w.awaited.step_id for w in held]).values_list("pk", "held_why")
    kept = access.visible_to(agent, on=on).filter(embargo=True, lead=None).select_related(LINEAGE, "drafter")
    return Tray(
        waiting=tuple(waiting for waiting in mine if waiting.awaited.held_at is None),
        held=tuple(held),
        reasons=dict(whys),
        embargoed=tuple(kept.order_by("target_date", "number")[:SHOWN]),
        coming=tuple(_coming(agent, on=on)),
    )


def _coming(agent: Agent, *, on: dt.date) -> list[Coming]:
    """Every step between the open one and the Cabinet's is settled: one query, whatever the number of passages."""
    earlier = RunStep.objects.filter(run=OuterRef("run"), order__lt=OuterRef("order"))
    opened = earlier.filter(opened_at__isnull=False, closed_at__isnull=True)
    between = earlier.filter(opened_at__isnull=True, waived_at__isnull=True)
    steps = (
        RunStep.objects.filter(role=Role.CABINET, opened_at__isnull=True, waived_at__isnull=True, assignees=agent)
        .filter(Exists(opened), ~Exists(between), run__dossier__stage=Stage.IN_CIRCUIT)
        .select_related(f"run__dossier__{LINEAGE}", "run__dossier__drafter")
        .order_by("run__dossier__target_date", "run__dossier__number")[:SHOWN]
    )
    rows: Sequence[RunStep] = list(steps)
    ids = [row.run.dossier_id for row in rows]
    readable = set(access.visible_to(agent, on=on).filter(pk__in=ids).values_list("pk", flat=True))
    return [Coming(dossier=row.run.dossier, step=row.label, readable=row.run.dossier_id in readable) for row in rows]
