"""Write a text in the place of whoever is writing it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import leases
from hemicycle.chain.drafting.events import WritingTakenOver
from hemicycle.chain.drafting.models import Lease, Text
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier


@transaction.atomic
def take_over_lease(*, dossier_id: UUID, text: str, agent: Agent, at: dt.datetime) -> Lease:
    """A lease of a new tab, whoever had the last one; the journal says from whom it was taken.

    The other learns it at the next ping: what was not saved stays on their screen. Raises NotEntitled, TextFrozen.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    previous = leases.alive(dossier, Text(text), at=at)

    lease = leases.hold(dossier, Text(text), agent, at=at, token=uuid4())
    if previous is not None and previous.agent_id != agent.pk:
        event = WritingTakenOver(text=str(Text(text)), of=previous.agent.full_name)
        journal.record(dossier, event, by=agent, at=at, role=role)
    return lease
