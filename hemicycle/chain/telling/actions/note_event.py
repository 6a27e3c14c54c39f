"""Note whom an event concerns, each once, as they chose to be told."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.telling import keeping, sources
from hemicycle.chain.telling.news import News
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import JournalEntry

#: What happened longer ago is history: an installation that takes up an older one writes to nobody.
STALE = dt.timedelta(days=14)


@transaction.atomic
def note_event(*, entry: int, agent: Agent, at: dt.datetime) -> int:
    """Keep a row for each person whom that entry of the journal concerns and who may read the dossier.

    Twice is once. Returns how many were concerned. Not journaled: what leaves is (record_letter_sent).
    Raises NotEntitled: the couriers' own.
    """
    access.require_role(agent, Role.COURIER, on=day(at), what="Noter ce qui est à écrire")
    told = JournalEntry.objects.select_related("dossier__drafter").get(n=entry)
    if at - told.at > STALE:
        return 0

    found = [news for news in sources.news_of(told, on=day(at)) if _reads(news, at)]

    return keeping.keep(found, happened_at=told.at, at=at)


def _reads(news: News, at: dt.datetime) -> bool:
    return access.may_read(news.agent, news.dossier, on=day(at))
