"""Begin to write a text: nobody else saves it until the lease ends, is given back or taken over."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import leases
from hemicycle.chain.drafting.models import Lease, Text
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier.models import Dossier


@transaction.atomic
def take_lease(*, dossier_id: UUID, text: str, agent: Agent, at: dt.datetime, token: UUID | None = None) -> Lease:
    """The lease of one tab, for two minutes; `token` is the one that a tab reloaded had, and goes on with.

    Raises NotEntitled, TextFrozen, TextHeld (another person, or another tab of the same, writes now).
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    require_writable(dossier, agent, at=at)
    token = token or uuid4()
    leases.require_free(dossier, Text(text), agent, at=at, token=token)

    return leases.hold(dossier, Text(text), agent, at=at, token=token)
