"""Go on writing: the sign that the tab is still there."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import leases
from hemicycle.chain.drafting.leases import LeaseLost
from hemicycle.chain.drafting.models import Lease, Text
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier.models import Dossier


@transaction.atomic
def renew_lease(*, dossier_id: UUID, text: str, token: UUID, agent: Agent, at: dt.datetime) -> Lease:
    """Two minutes more. A lease that lapsed while nobody took it is still its tab's.

    Raises NotEntitled, TextFrozen, LeaseLost (somebody took it over, or it was given back).
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    require_writable(dossier, agent, at=at)
    lease = leases.current(dossier, Text(text))
    if lease is None or lease.token != token or lease.agent_id != agent.pk:
        raise LeaseLost(leases.alive(dossier, text, at=at), agent, at=at)

    return leases.hold(dossier, Text(text), agent, at=at, token=token)
