"""The outbox: lease, do, mark. What a courier took and did not bring back is found again when its lease ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from hemicycle.dossier.models import Errand


def lease() -> dt.timedelta:
    """How long a courier may hold an errand before another may take it up: longer than any one carriage."""
    return dt.timedelta(seconds=settings.COURIER_LEASE)


@dataclass(frozen=True, kw_only=True)
class Task:
    """An errand as a courier holds it."""

    id: int
    #: Empty: the entry is still to be sorted.
    carrier: str
    entry: int
    event: str
    dossier: UUID | None
    facts: dict[str, Any]
    attempts: int


def take(*, now: dt.datetime, limit: int = 20) -> list[Task]:
    """Lease the errands that are due, oldest first. Two couriers never hold the same one."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    due = Errand.objects.filter(free, state=Errand.State.WAITING, due_at__lte=now)
    taken = []
    for errand in due.select_related("entry").order_by("entry_id", "id")[:limit]:
        # One courier wins: the row count says which.
        won = Errand.objects.filter(free, id=errand.pk, state=Errand.State.WAITING).update(
            leased_until=now + lease(), attempts=errand.attempts + 1
        )
        if won:
            taken.append(
                Task(
                    id=errand.pk,
                    carrier=errand.carrier,
                    entry=errand.entry_id,
                    event=errand.entry.event,
                    dossier=errand.entry.dossier_id,
                    facts=errand.entry.sealed["facts"],
                    attempts=errand.attempts + 1,
                )
            )
    return taken


@transaction.atomic
def sort(task: Task, carriers: Sequence[str], *, now: dt.datetime) -> None:
    """Replace an unsorted errand by one errand per carrier that its event calls for."""
    for carrier in carriers:
        Errand.objects.get_or_create(entry_id=task.entry, carrier=carrier, defaults={"due_at": now})
    done(task, now=now)


def done(task: Task, *, now: dt.datetime) -> None:
    """Mark it carried: only ever called after it was."""
    Errand.objects.filter(id=task.id).update(state=Errand.State.DONE, done_at=now, leased_until=None, last_error="")


def later(task: Task, *, due_at: dt.datetime, error: str = "") -> None:
    """Give it back to be taken up again at `due_at` (nothing came yet, or the other side is out of reach)."""
    Errand.objects.filter(id=task.id).update(due_at=due_at, leased_until=None, last_error=error[:500])


def give_up(task: Task, *, error: str, now: dt.datetime) -> None:
    """Stop trying and say why: it shows on the page of the transmissions until someone takes it up again."""
    Errand.objects.filter(id=task.id).update(
        state=Errand.State.FAILED, done_at=now, leased_until=None, last_error=error[:500]
    )


def retry(errand_id: int, *, now: dt.datetime) -> None:
    """Put a failed errand back among those waiting."""
    Errand.objects.filter(id=errand_id, state=Errand.State.FAILED).update(
        state=Errand.State.WAITING, due_at=now, attempts=0, done_at=None
    )


def waiting() -> int:
    """How many errands are still to be carried."""
    return Errand.objects.filter(state=Errand.State.WAITING).count()


def in_trouble() -> list[Errand]:
    """Errands given up, or that failed and wait for another try: for the service des assemblées."""
    return list(troubled().select_related("entry__dossier").order_by("due_at"))


def troubled() -> QuerySet[Errand]:
    """The errands of `in_trouble`: to be counted."""
    return Errand.objects.filter(Q(state=Errand.State.FAILED) | (Q(state=Errand.State.WAITING) & ~Q(last_error="")))
