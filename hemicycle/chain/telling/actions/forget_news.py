"""Forget the news told more than a year ago: the letters that left are in the journal."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.telling.models import Letter, Morning, Notification
from hemicycle.dossier import access
from hemicycle.dossier.dates import day

#: Long after anything could tell the same thing again: a row says only that it was told.
KEPT = dt.timedelta(days=400)


@transaction.atomic
def forget_news(*, agent: Agent, at: dt.datetime) -> int:
    """What was told or dropped that long ago; how many. Raises NotEntitled for anyone but the couriers."""
    access.require_role(agent, Role.COURIER, on=day(at), what="L’oubli des courriels anciens")
    old = Notification.objects.exclude(state=Notification.State.WAITING).filter(settled_at__lt=at - KEPT)
    found = old.count()
    old.delete()
    Letter.objects.filter(gathered_at__lt=at - KEPT, news=None).exclude(sent_at=None, dropped_at=None).delete()
    Morning.objects.filter(day__lt=day(at - KEPT)).delete()
    return found
