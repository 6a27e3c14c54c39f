"""Who replaces whom: absences declared, and delegations of visa given by a written act."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Delegation, Role

#: Who declares an absence or gives a delegation in another's name.
KEEPERS = (Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR)
VISA = Delegation.Scope.VISA


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """One line of the lists: an absence, or a delegation."""

    row: Delegation
    #: In force on the day asked.
    now: bool
    #: The replacement is absent too on that day, or has left: nobody acts for the giver.
    broken: bool


def may_keep(agent: Agent, *, on: dt.date) -> bool:
    return accounts.holds(agent, *KEEPERS, on=on)


def to_come(*, absence: bool, on: dt.date, giver: Agent | None = None) -> list[Replacement]:
    """The absences, or the delegations of visa, in force on that day or after it, the earliest first."""
    rows = _not_over(on).filter(absence=absence)
    if giver is not None:
        rows = rows.filter(Q(giver=giver) | Q(holder=giver))
    absent = set(Delegation.objects.on(on).filter(scope=VISA, absence=True).values_list("giver", flat=True))
    listed = rows.select_related("giver", "holder").order_by("valid_from", "giver__last_name", "pk")
    return [
        Replacement(
            row=row,
            now=row.valid_from <= on,
            broken=not row.holder.is_active or (row.valid_from <= on and row.holder_id in absent),
        )
        for row in listed
    ]


def replacement(row_id: int, *, on: dt.date) -> Delegation:
    """One that is not over. Raises Delegation.DoesNotExist."""
    found: Delegation = _not_over(on).select_related("giver", "holder").get(pk=row_id)
    return found


def may_end(row: Delegation, agent: Agent, *, on: dt.date) -> bool:
    return row.giver_id == agent.pk or may_keep(agent, on=on)


def role_of(agent: Agent, row: Delegation, *, on: dt.date) -> str:
    """In what quality the agent keeps that line: empty for one's own."""
    if row.giver_id == agent.pk:
        return ""
    return next((role for role in KEEPERS if accounts.holds(agent, role, on=on)), "")


def _not_over(on: dt.date) -> QuerySet[Delegation]:
    rows: QuerySet[Delegation] = Delegation.objects.filter(scope=VISA)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def overlapping(first: dt.date, last: dt.date | None) -> QuerySet[Delegation]:
    """The absences that share a day with the period; `last` None: without end."""
    rows: QuerySet[Delegation] = Delegation.objects.filter(scope=VISA, absence=True)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
    return rows if last is None else rows.filter(valid_from__lte=last)


def absent_then(agent: Agent, first: dt.date, last: dt.date | None) -> Delegation | None:
    """An absence of that person that shares a day with the period."""
    return overlapping(first, last).filter(giver=agent).select_related("giver", "holder").order_by("valid_from").first()


def leads_back(giver: Agent, holder: Agent, first: dt.date, last: dt.date | None) -> list[Agent]:
    """The people by whom the replacement of `holder` comes back to `giver` in the period; empty: it does not.

    The last of them is replaced by `giver`.
    """
    replaced_by: dict[UUID, list[Delegation]] = {}
    for row in overlapping(first, last).select_related("giver", "holder").order_by("pk"):
        replaced_by.setdefault(row.giver_id, []).append(row)
    ways: list[list[Agent]] = [[holder]]
    seen = {holder.pk}
    while ways:
        way = ways.pop(0)
        for row in replaced_by.get(way[-1].pk, []):
            if row.holder_id == giver.pk:
                return way
            if row.holder_id not in seen:
                seen.add(row.holder_id)
                ways.append([*way, row.holder])
    return []
