"""Put the annexes in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.annexing import NoSuchAnnex
from hemicycle.chain.drafting.events import AnnexesOrdered
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment, Dossier


@transaction.atomic
def order_annexes(*, dossier_id: UUID, annex_ids: Sequence[UUID], agent: Agent, at: dt.datetime) -> None:
    """Number the annexes in the order given; it must name each of them once.

    Raises NotEntitled, TextFrozen, NoSuchAnnex when the list on screen is not the present one.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    annexes = {a.id: a for a in attachments.annexes_of(dossier)}
    if sorted(annexes) != sorted(annex_ids):
        raise NoSuchAnnex

    for order, annex_id in enumerate(annex_ids, start=1):
        Attachment.objects.filter(id=annex_id).update(order=order)

    event = AnnexesOrdered(titles=tuple(annexes[i].title for i in annex_ids))
    journal.record(dossier, event, by=agent, at=at, role=role)
