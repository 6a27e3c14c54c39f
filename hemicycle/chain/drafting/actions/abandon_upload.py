"""Give up a file on its way up."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.models import Upload


@transaction.atomic
def abandon_upload(*, dossier_id: UUID, upload_id: UUID, agent: Agent, at: dt.datetime) -> bool:
    """Throw away what had come of it; whether there was anything. Only its sender does."""
    gone, _ = Upload.objects.filter(id=upload_id, dossier=dossier_id, agent=agent, started_at__lte=at).delete()
    return gone > 0
