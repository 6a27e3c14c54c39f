"""Put aside a message that nothing here expects: kept whole, never lost, for a person to judge."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission.events import MessageParked
from hemicycle.chain.transmission.models import ParkedMessage
from hemicycle.chain.transmission.rules import kind_of
from hemicycle.dossier import access, blobs, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier


@transaction.atomic
def park_message(
    *, data: bytes, why: str, agent: Agent, at: dt.datetime, dossier_id: UUID | None = None, kind: str = ""
) -> ParkedMessage:
    """Keep its bytes and why nothing was made of them. The same message twice is one. Raises NotEntitled.

    `kind`: what it is, where its bytes do not say it.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id) if dossier_id else None
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Mettre un message de côté")
    kept = blobs.put(data)
    message, new = ParkedMessage.objects.get_or_create(
        sha256=kept.sha256,
        defaults={
            "size": kept.size,
            "kind": (kind or kind_of(data))[:120],
            "why": why[:500],
            "received_at": at,
            "dossier": dossier,
        },
    )
    if new:
        event = MessageParked(kind=message.kind, sha256=message.sha256, detail=message.why)
        journal.record(dossier, event, by=agent, at=at, role=role)
    return message
