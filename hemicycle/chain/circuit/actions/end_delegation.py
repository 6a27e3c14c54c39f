"""End a delegation of visa."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Delegation
from hemicycle.chain.circuit import absences
from hemicycle.chain.circuit.actions.end_absence import stop, take
from hemicycle.chain.circuit.events import DelegationEnded
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day


@transaction.atomic
def end_delegation(*, delegation_id: int, agent: Agent, at: dt.datetime) -> Delegation:
    """Its holder acts no more from that very moment; the visas given under it stay.

    By its giver, the service des assemblées or the administrator. Raises NothingToEnd, NotEntitled.
    """
    row = take(delegation_id, absence=False, agent=agent, on=day(at))
    role = absences.role_of(agent, row, on=day(at))

    stop(row, on=day(at))

    event = DelegationEnded(giver=row.giver.full_name, holder=row.holder.full_name, reference=row.reference)
    journal.record(None, event, by=agent, at=at, role=role)
    return row
