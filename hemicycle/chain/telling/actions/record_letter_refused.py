"""Record that a letter will never be taken."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.telling.events import LetterRefused
from hemicycle.chain.telling.models import Letter, Notification
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day


@transaction.atomic
def record_letter_refused(*, letter_id: UUID, reason: str, agent: Agent, at: dt.datetime) -> Letter:
    """Drop what it bore, with the sentence of the mail server; the person reads it beside their choices.

    Again: no-op. Raises NotEntitled: the couriers' own.
    """
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Enregistrer un refus")
    letter = Letter.objects.select_for_update(of=("self",)).select_related("agent").get(id=letter_id)
    if letter.sent_at is not None or letter.dropped_at is not None:
        return letter

    letter.dropped_at, letter.last_error = at, reason[:500]
    letter.save(update_fields=["dropped_at", "last_error"])
    rows = Notification.objects.filter(letter=letter, state=Notification.State.WAITING)
    news = rows.update(state=Notification.State.DROPPED, why=reason[:500], settled_at=at)

    event = LetterRefused(to=letter.agent.full_name, news=news, reason=reason)
    journal.record(None, event, by=agent, at=at, role=role)
    return letter
