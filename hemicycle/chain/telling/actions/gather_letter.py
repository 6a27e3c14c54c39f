"""Gather in one letter what is to be written to a person now."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from hemicycle.accounts import rights
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.telling import holding, timing
from hemicycle.chain.telling.models import Letter, MailChoices, Notification
from hemicycle.dossier import access, outbox
from hemicycle.dossier.dates import day


@transaction.atomic
def gather_letter(*, recipient_id: UUID, agent: Agent, at: dt.datetime) -> Letter | None:
    """The letter to send now, leased to the caller; None when there is none.

    One that did not leave is taken up again under its own name. What no longer holds is dropped, with its reason.
    Raises NotEntitled: the couriers' own.
    """
    access.require_role(agent, Role.COURIER, on=day(at), what="Écrire aux personnes")
    # The person's own row is the lock of their letters.
    person = Agent.objects.select_for_update().get(id=recipient_id)
    letter = Letter.objects.filter(agent=person, sent_at=None, dropped_at=None).first()
    chosen = MailChoices.objects.filter(agent=person).first()
    if _suspended(chosen, on=day(at)) or (letter is not None and letter.leased_until > at):
        return None
    rights.attach(person, on=day(at))
    rows = _rows(person, letter, at)
    facts = holding.known(person, chosen, rows, on=day(at))
    refused = {row.pk: why for row in rows if (why := holding.why_not(row, facts, rows))}

    for pk, why in refused.items():
        Notification.objects.filter(pk=pk).update(
            state=Notification.State.DROPPED, why=why, settled_at=at, letter=letter
        )
    kept = [row for row in rows if row.pk not in refused]
    if not kept:
        _nothing_left(letter, at=at)
        return None
    return _again(letter, at=at) if letter is not None else _new(person, kept, at=at)


def _suspended(chosen: MailChoices | None, *, on: dt.date) -> bool:
    return chosen is not None and chosen.suspended_until is not None and chosen.suspended_until >= on


def _rows(person: Agent, letter: Letter | None, at: dt.datetime) -> list[Notification]:
    waiting = Notification.objects.filter(agent=person, state=Notification.State.WAITING)
    rows = waiting.select_related("dossier").defer("dossier__report", "dossier__deliberation", "dossier__extra")
    if letter is not None:
        return list(rows.filter(letter=letter).order_by("pk"))
    if not timing.digests_leave(at):
        waiting, rows = waiting.filter(immediate=True), rows.filter(immediate=True)
    if not waiting.filter(letter=None, due_at__lte=at).exists():
        return []
    # What would leave within moments leaves with it.
    soon = Q(due_at__lte=at) | Q(immediate=True, due_at__lte=at + timing.TOGETHER)
    return list(rows.filter(soon, letter=None).order_by("pk"))


def _new(person: Agent, rows: list[Notification], *, at: dt.datetime) -> Letter:
    letter = Letter.objects.create(
        agent=person,
        digest=not any(row.immediate for row in rows),
        gathered_at=at,
        leased_until=at + outbox.lease(),
        attempts=1,
    )
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(letter=letter)
    return letter


def _again(letter: Letter, *, at: dt.datetime) -> Letter:
    letter.leased_until, letter.attempts = at + outbox.lease(), letter.attempts + 1
    letter.save(update_fields=["leased_until", "attempts"])
    return letter


def _nothing_left(letter: Letter | None, *, at: dt.datetime) -> None:
    if letter is None:
        return
    letter.dropped_at, letter.last_error = at, "Plus rien de ce message n’est d’actualité."
    letter.save(update_fields=["dropped_at", "last_error"])
