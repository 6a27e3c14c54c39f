"""Note, each working morning, what is late, what an absence leaves to others, which sittings come near."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.telling import keeping, reminders, timing
from hemicycle.chain.telling.models import Morning
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.law.calendar import is_working_day


@transaction.atomic
def note_reminders(*, agent: Agent, at: dt.datetime) -> int:
    """Keep the reminders of the day; nothing before 7:30, on a day off, nor twice. Returns how many were noted.

    Raises NotEntitled: the couriers' own.
    """
    on = day(at)
    access.require_role(agent, Role.COURIER, on=on, what="Noter les rappels")
    if not is_working_day(on) or timezone.localtime(at).time() < timing.DIGEST:
        return 0
    if Morning.objects.filter(day=on).exists():
        return 0

    _, first = Morning.objects.get_or_create(day=on)

    return keeping.keep(reminders.of_the_morning(on=on, at=at), happened_at=at, at=at) if first else 0
