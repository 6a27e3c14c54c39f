"""The lists that each person follows: mine on their way, late, in copy, my unit's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from hemicycle.accounts.models import Agent
from hemicycle.accounts.rights import rights_of
from hemicycle.chain.circuit.models import RunStep
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier, Entitlement
from hemicycle.dossier.stages import Stage

#: Once there, nothing more is to be followed.
OVER = (Stage.ARCHIVED, Stage.WITHDRAWN, Stage.REJECTED)
#: The few that are followed, by name: nineteen dossiers in twenty are over.
FOLLOWED = tuple(stage for stage in Stage if stage not in OVER)
#: Beyond, a count beside a name says « 99+ »: nobody reads further, and counting would cost more than the page.
COUNTED = 99


def _mine(agent: Agent, on: dt.date) -> QuerySet[Dossier]:  # noqa: ARG001
    # A drafter reads what they drafted, whatever their roles (access.visible_to): nothing more is asked.
    mine = Dossier.objects.filter(drafter=agent, stage__in=FOLLOWED)
    return mine if agent.is_active else mine.none()


def _late(agent: Agent, on: dt.date) -> QuerySet[Dossier]:
    """In the circuit, past the day before which the open step was due; on hold, nothing is late."""
    # Asked of each dossier in the circuit: a count stops at the hundredth found, without reading them all.
    late = RunStep.objects.filter(
        run__dossier=OuterRef("pk"), opened_at__isnull=False, closed_at=None, held_at=None, due_on__lt=on
    )
    return access.visible_to(agent, on=on, one_by_one=True).filter(Exists(late), stage=Stage.IN_CIRCUIT)


def _in_copy(agent: Agent, on: dt.date) -> QuerySet[Dossier]:
    """Those to which the circuit brought the agent, or whose comments name them, and that wait for others now."""
    if not agent.is_active:
        return Dossier.objects.none()
    open_steps = RunStep.objects.filter(run__dossier=OuterRef("pk"), opened_at__isnull=False, closed_at=None)
    # Not by the index of the assignees: it holds every step ever given to the agent.
    awaited = open_steps.annotate(person=Coalesce("assignees", "assignees")).filter(person=agent.pk)
    # Whoever was brought in reads the dossier: whether it is readable is asked of those that name the agent alone.
    brought_in = Entitlement.objects.filter(dossier=OuterRef("pk"), agent=agent)
    named = access.visible_to(agent, on=on, one_by_one=True).filter(comments__mentions=agent)
    return (
        Dossier.objects.filter(stage__in=FOLLOWED)
        .exclude(drafter=agent)
        .filter(Q(Exists(brought_in)) | Q(id__in=named.values("id")))
        .exclude(Q(stage=Stage.IN_CIRCUIT) & Exists(awaited))
    )


def _of_my_unit(agent: Agent, on: dt.date) -> QuerySet[Dossier]:
    units = rights_of(agent, on=on).units(*access.READ_UNIT)
    if not units:
        return Dossier.objects.none()
    return access.visible_to(agent, on=on, one_by_one=True).filter(unit__in=units, stage__in=FOLLOWED)


#: Key → title, what it holds.
TRAYS: dict[str, tuple[str, Callable[[Agent, dt.date], QuerySet[Dossier]]]] = {
    "miens": ("Les miens, en chemin", _mine),
    "retard": ("En retard", _late),
    "copie": ("En copie", _in_copy),
    "unite": ("De mon service", _of_my_unit),
}


def dossiers_in(tray: str, agent: Agent, *, on: dt.date) -> QuerySet[Dossier]:
    """The dossiers of the tray that the agent may read; all that the agent may read when it is none of them."""
    if tray not in TRAYS:
        return access.visible_to(agent, on=on)
    return TRAYS[tray][1](agent, on)


def counted(lists: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each list has, up to COUNTED + 1: one query for all."""
    parts, values = [], []
    for key, rows in lists.items():
        try:
            sql, params = rows.order_by().values("pk")[: COUNTED + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT %s, COUNT(*) FROM ({sql}) AS counted")  # noqa: S608
        values += [key, *params]
    counts = dict.fromkeys(lists, 0)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            counts |= dict(cursor.fetchall())
    return counts
