"""Keep the news that people wish for: one row per person and thing, however often it is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from hemicycle.chain.telling import timing
from hemicycle.chain.telling.kinds import KINDS, Kind, Rhythm
from hemicycle.chain.telling.models import MailChoices, Notification
from hemicycle.chain.telling.news import News


def rhythm_of(kind: Kind, rhythms: dict[str, str]) -> Rhythm:
    return Rhythm(rhythms.get(kind, KINDS[kind].rhythm))


def keep(found: Iterable[News], *, happened_at: dt.datetime, at: dt.datetime) -> int:
    """Write the rows that are not there yet. Returns how many news were offered; two queries, however many."""
    offered = list(found)
    chosen = dict(
        MailChoices.objects.filter(agent__in={n.agent.pk for n in offered}).values_list("agent_id", "rhythms")
    )
    rows = []
    for news in offered:
        rhythm = rhythm_of(news.kind, chosen.get(news.agent.pk, {}))
        if rhythm != Rhythm.NEVER:
            now = rhythm == Rhythm.NOW
            rows.append(
                Notification(
                    agent=news.agent,
                    kind=news.kind,
                    subject=news.subject,
                    dossier=news.dossier,
                    on_behalf_of=news.on_behalf_of,
                    facts=news.facts,
                    happened_at=happened_at,
                    immediate=now,
                    due_at=_due(news.kind, now=now, at=at),
                )
            )
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _due(kind: Kind, *, now: bool, at: dt.datetime) -> dt.datetime:
    # What is noted in the morning leaves with the digest of that morning.
    if kind in (Kind.LATE, Kind.DEADLINE):
        return at
    return at + timing.TOGETHER if now else timing.digest_after(at)
