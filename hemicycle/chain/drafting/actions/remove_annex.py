"""Take an annex out of the dossier; its bytes and its trace stay."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.annexing import NoSuchAnnex, annex_in
from hemicycle.chain.drafting.events import AnnexRemoved
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment, Dossier

__all__ = ["NoSuchAnnex", "remove_annex"]


@transaction.atomic
def remove_annex(*, dossier_id: UUID, annex_id: UUID, agent: Agent, at: dt.datetime) -> Attachment:
    """Remove the annex from the list and close the ranks. Raises NotEntitled, TextFrozen, NoSuchAnnex."""
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    annex = annex_in(dossier, annex_id)

    annex.removed_at = at
    annex.save(update_fields=["removed_at"])
    for order, other in enumerate(attachments.annexes_of(dossier), start=1):
        Attachment.objects.filter(id=other.id).update(order=order)

    journal.record(dossier, AnnexRemoved(title=annex.title, sha256=annex.sha256), by=agent, at=at, role=role)
    return annex
