"""Note that an act already online, or notified, is no longer executory: its transmission is cancelled."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.publication.events import NoLongerExecutory
from hemicycle.chain.publication.executory import executory_of
from hemicycle.chain.publication.models import Notification, Publication
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage


@transaction.atomic
def note_cancellation(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Dossier:
    """Its public page stays, and says so; an act neither online nor notified changes nothing. Twice is once.

    Raises NotEntitled.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Noter une annulation de transmission")
    online = Publication.objects.filter(dossier=dossier).first()
    notified = Notification.objects.filter(dossier=dossier).first()
    known = [row for row in (online, notified) if row is not None and row.executory_on is not None]
    if dossier.stage != Stage.TRANSMISSION_CANCELLED or not known:
        return dossier
    act = Act.objects.get(dossier=dossier)
    concluded = executory_of(
        dossier,
        decided_on=act.decided_on,
        received_on=None,
        published_on=day(online.put_online_at) if online else None,
        notified_on=notified.notified_on if notified else None,
    )
    for row in known:
        row.executory_on, row.executory_explanation = None, concluded.explanation[:400]
        row.save(update_fields=["executory_on", "executory_explanation"])

    event = NoLongerExecutory(number=act.number, explanation=concluded.explanation)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return dossier
