"""What the edges may read of the room."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Min, Q

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import comments
from hemicycle.chain.telling.keeping import rhythm_of
from hemicycle.chain.telling.kinds import KINDS, RANK, About, Kind, Rhythm
from hemicycle.chain.telling.models import Letter, MailChoices, Notification
from hemicycle.chain.telling.timing import digests_leave
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Comment, Dossier

__all__ = ["KINDS", "About", "Kind", "Rhythm"]

#: People written to in one round.
ROUND = 100


def people_due(*, at: dt.datetime) -> list[UUID]:
    """Those to whom something is to be written now, who has waited longest first."""
    free = Q(letter=None) | Q(letter__leased_until__lte=at)
    due = Notification.objects.filter(free, state=Notification.State.WAITING, due_at__lte=at)
    if not digests_leave(at):
        due = due.filter(Q(immediate=True) | Q(letter__isnull=False))
    suspended = MailChoices.objects.filter(suspended_until__gte=day(at)).values("agent")
    rows = due.exclude(agent__in=suspended).values("agent").annotate(first=Min("due_at")).order_by("first", "agent")
    return [row["agent"] for row in rows[:ROUND]]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A piece of news as it is written."""

    kind: Kind
    #: Under embargo: its number and nothing more.
    dossier: Dossier
    facts: dict[str, Any]
    on_behalf_of: Agent | None
    #: Of the comment that it is about.
    words: str


@dataclass(frozen=True, kw_only=True)
class ToWrite:
    """A letter gathered, with what its reader may read."""

    id: UUID
    person: Agent
    digest: bool
    gathered_at: dt.datetime
    attempts: int
    #: By dossier, in the order of what presses most.
    lines: tuple[Line, ...]


def to_write(letter_id: UUID, *, on: dt.date) -> ToWrite:
    """Three queries, however many lines."""
    letter = Letter.objects.select_related("agent").get(id=letter_id)
    rows = list(
        Notification.objects.filter(letter=letter, state=Notification.State.WAITING)
        .select_related("dossier", "on_behalf_of")
        .defer("dossier__report", "dossier__deliberation", "dossier__extra")
        .order_by("pk")
    )
    words = _words(letter.agent, rows, on=on)
    return ToWrite(
        id=letter.pk,
        person=letter.agent,
        digest=letter.digest,
        gathered_at=letter.gathered_at,
        attempts=letter.attempts,
        lines=tuple(_line(row, words) for row in sorted(rows, key=lambda r: (RANK[Kind(r.kind)], r.pk))),
    )


def _words(person: Agent, rows: list[Notification], *, on: dt.date) -> dict[str, str]:
    numbers = [int(r.subject.partition(":")[2]) for r in rows if r.subject.startswith("comment:")]
    if not numbers:
        return {}
    said = Comment.objects.filter(comments.readable(person, on=on), pk__in=numbers).order_by("pk")
    return {f"comment:{pk}": text for pk, text in said.values_list("pk", "text")}


def _line(row: Notification, words: dict[str, str]) -> Line:
    return Line(
        kind=Kind(row.kind),
        dossier=row.dossier,
        facts=row.facts,
        on_behalf_of=row.on_behalf_of,
        words="" if row.dossier.embargo else words.get(row.subject, ""),
    )


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What a person chose, kind by kind."""

    rhythms: dict[Kind, Rhythm]
    even_absent: bool
    suspended_until: dt.date | None
    #: Why the last letter could not leave, when it could not.
    trouble: str
    last_sent_at: dt.datetime | None


def choices_of(agent: Agent) -> Chosen:
    """Two queries."""
    chosen = MailChoices.objects.filter(agent=agent).first() or MailChoices(agent=agent)
    last = Letter.objects.filter(agent=agent).order_by("-gathered_at").first()
    return Chosen(
        rhythms={kind: rhythm_of(kind, chosen.rhythms) for kind in KINDS},
        even_absent=chosen.even_absent,
        suspended_until=chosen.suspended_until,
        trouble=last.last_error if last and not last.sent_at and _refused(last) else "",
        last_sent_at=last.sent_at if last else None,
    )


def _refused(letter: Letter) -> bool:
    """A letter that had nothing more to say is no trouble."""
    return letter.dropped_at is None or Notification.objects.filter(letter=letter, why=letter.last_error).exists()
