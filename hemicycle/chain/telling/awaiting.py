"""Who is awaited in the circuits, and who is told of it: the person, or whoever stands in during an absence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from hemicycle.accounts.models import Agent, Delegation
from hemicycle.chain.circuit import passage, queries
from hemicycle.chain.circuit.models import CircuitRun, RunStep
from hemicycle.chain.circuit.queries import Awaited
from hemicycle.chain.telling.kinds import Kind
from hemicycle.chain.telling.models import MailChoices
from hemicycle.chain.telling.news import News
from hemicycle.chain.telling.timing import last_reminder
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage


def subject_of(step_id: int, opened_at: dt.datetime) -> str:
    """A step that opens again is another piece of news."""
    return f"step:{step_id}:{opened_at.astimezone(dt.UTC):%Y%m%dT%H%M%S.%f}"


def stand_ins(people: Iterable[UUID], *, on: dt.date) -> dict[UUID, Agent]:
    """Absent person → who stands in that day. One whose replacement is absent too, or has left, is told oneself."""
    absences = Delegation.objects.on(on).filter(scope=Delegation.Scope.VISA, absence=True)
    away = set(absences.values_list("giver_id", flat=True))
    rows = absences.filter(giver__in=list(people), holder__is_active=True).select_related("holder").order_by("pk")
    return {row.giver_id: row.holder for row in rows if row.holder_id not in away}


def _told_anyway(people: Iterable[UUID]) -> set[UUID]:
    return set(MailChoices.objects.filter(agent__in=list(people), even_absent=True).values_list("agent_id", flat=True))


def opened(lead: Dossier, *, on: dt.date, since: dt.datetime | None = None) -> list[News]:
    """A piece of news for each person whom the dossier waits for now; `since`: at the steps opened at that instant."""
    if lead.stage != Stage.IN_CIRCUIT:
        return []
    run = CircuitRun.objects.select_related("circuit").get(dossier=lead)
    run.dossier = lead
    stands = passage.standing(run)
    rows = [r for r in stands.open_rows if r.held_at is None and (since is None or r.opened_at == since)]
    people = {a.pk: a for row in rows for a in row.assignees.all() if a.pk != lead.drafter_id}
    relays, anyway = stand_ins(people, on=on), _told_anyway(people)
    found = []
    for row in rows:
        for pk in sorted(stands.awaited(row) & set(people), key=str):
            found += _to(people[pk], relays.get(pk), pk in anyway, lead, row)
    # In one's own name first: of two pieces of news about one step, the second is left out.
    return sorted(found, key=lambda news: news.on_behalf_of is not None)


def _to(person: Agent, relay: Agent | None, anyway: bool, lead: Dossier, row: RunStep) -> list[News]:
    kind = Kind.OPINION_ASKED if row.origin == RunStep.Origin.OPINION else Kind.VISA
    facts = {
        "step": row.label,
        "version": lead.version,
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "asked_by": row.asked_by.full_name if row.asked_by else "",
        "question": row.question,
    }
    assert row.opened_at is not None
    subject = subject_of(row.pk, row.opened_at)
    own = News(agent=person, kind=kind, subject=subject, dossier=lead, facts=facts)
    if relay is None or relay.pk == lead.drafter_id:
        return [own]
    for_another = News(agent=relay, kind=kind, subject=subject, dossier=lead, facts=facts, on_behalf_of=person)
    return [own, for_another] if anyway else [for_another]


def for_stand_ins(*, on: dt.date) -> list[News]:
    """What already waited for people when their absence began."""
    givers = Delegation.objects.on(on).filter(scope=Delegation.Scope.VISA, absence=True)
    relays = stand_ins(givers.values_list("giver_id", flat=True), on=on)
    found = []
    for relay in {agent.pk: agent for agent in relays.values()}.values():
        for line in queries.in_tray(relay, on=on):
            absent = line.awaited.on_behalf_of
            if absent is not None and absent.pk in relays and line.awaited.held_at is None:
                found.append(_waiting(relay, absent, line.dossier, line.awaited))
    return found


def _waiting(relay: Agent, absent: Agent, dossier: Dossier, awaited: Awaited) -> News:
    return News(
        agent=relay,
        kind=Kind.OPINION_ASKED if awaited.opinion else Kind.VISA,
        subject=subject_of(awaited.step_id, awaited.opened_at),
        dossier=dossier,
        facts={
            "step": awaited.step,
            "version": awaited.version,
            "due_on": awaited.due_on.isoformat() if awaited.due_on else "",
            "asked_by": awaited.asked_by.full_name if awaited.asked_by else "",
            "question": awaited.question,
        },
        on_behalf_of=absent,
    )


def late(*, on: dt.date) -> list[News]:
    """A reminder of each visa late that day, to whoever is to give it."""
    rows = RunStep.objects.filter(due_on__lt=on, opened_at__isnull=False, closed_at=None, held_at=None)
    people = Agent.objects.filter(run_steps__in=rows.values("pk"), is_active=True).distinct().order_by("pk")
    awaited = list(people)
    relays = stand_ins([a.pk for a in awaited], on=on)
    anyway = _told_anyway([a.pk for a in awaited])
    found = []
    for person in awaited:
        for line in queries.in_tray(person, on=on):
            if line.awaited.on_behalf_of is None and line.awaited.held_at is None:
                found += _late(person, relays.get(person.pk), person.pk in anyway, line.dossier, line.awaited, on=on)
    return found


def _late(
    person: Agent, relay: Agent | None, anyway: bool, dossier: Dossier, awaited: Awaited, *, on: dt.date
) -> list[News]:
    reminded = last_reminder(awaited.due_on, on=on) if awaited.due_on else None
    if reminded is None or awaited.due_on is None:
        return []
    subject = f"{subject_of(awaited.step_id, awaited.opened_at)}:{reminded.isoformat()}"
    facts = {"step": awaited.step, "version": awaited.version, "due_on": awaited.due_on.isoformat()}
    own = News(agent=person, kind=Kind.LATE, subject=subject, dossier=dossier, facts=facts)
    if relay is None or relay.pk == dossier.drafter_id:
        return [own]
    for_another = News(agent=relay, kind=Kind.LATE, subject=subject, dossier=dossier, facts=facts, on_behalf_of=person)
    return [own, for_another] if anyway else [for_another]
