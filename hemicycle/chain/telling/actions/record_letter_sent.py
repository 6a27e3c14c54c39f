"""Record that a letter left."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.telling.events import LetterSent
from hemicycle.chain.telling.models import Letter, Notification
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day


@transaction.atomic
def record_letter_sent(*, letter_id: UUID, message_id: str, agent: Agent, at: dt.datetime) -> Letter:
    """Settle the news that it bore; one entry of the journal. Again: no-op. Raises NotEntitled: the couriers' own."""
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Enregistrer un envoi")
    letter = Letter.objects.select_for_update(of=("self",)).select_related("agent").get(id=letter_id)
    if letter.sent_at is not None or letter.dropped_at is not None:
        return letter
    rows = list(
        Notification.objects.filter(letter=letter, state=Notification.State.WAITING)
        .select_related("dossier")
        .defer("dossier__report", "dossier__deliberation", "dossier__extra")
        .order_by("pk")
    )

    letter.sent_at, letter.message_id, letter.last_error = at, message_id, ""
    letter.save(update_fields=["sent_at", "message_id", "last_error"])
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(state=Notification.State.SENT, settled_at=at)

    dossiers = {row.dossier_id: row.dossier for row in rows}
    event = LetterSent(
        to=letter.agent.full_name,
        news=len(rows),
        kinds=tuple(sorted({row.kind for row in rows})),
        digest=letter.digest,
        message_id=message_id,
    )
    only = next(iter(dossiers.values())) if len(dossiers) == 1 else None
    journal.record(only, event, by=agent, at=at, role=role)
    return letter
