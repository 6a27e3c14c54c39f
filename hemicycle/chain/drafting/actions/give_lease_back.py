"""Stop writing a text: the page was closed, or its reader went elsewhere."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.models import Lease, Text
from hemicycle.dossier.models import Dossier


@transaction.atomic
def give_lease_back(*, dossier_id: UUID, text: str, token: UUID, agent: Agent, at: dt.datetime) -> None:
    """The text is free at once, unless the lease was already somebody else's; never refused."""
    dossier = Dossier.objects.locked().get(id=dossier_id)

    Lease.objects.filter(dossier=dossier, text=Text(text), token=token, agent=agent, taken_at__lte=at).delete()
