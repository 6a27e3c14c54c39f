"""End an absence before its last day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Delegation
from hemicycle.chain.circuit import absences
from hemicycle.chain.circuit.events import AbsenceEnded
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused, NotEntitled


class NothingToEnd(ActionRefused):
    message = "Cette absence ou cette délégation a déjà pris fin ; rechargez la page."


@transaction.atomic
def end_absence(*, absence_id: int, agent: Agent, at: dt.datetime) -> Delegation:
    """The replacement acts no more from that very moment; the visas given meanwhile stay.

    By the absent person, the service des assemblées or the administrator. Raises NothingToEnd, NotEntitled.
    """
    row = take(absence_id, absence=True, agent=agent, on=day(at))
    role = absences.role_of(agent, row, on=day(at))

    stop(row, on=day(at))

    event = AbsenceEnded(absent=row.giver.full_name, replaced_by=row.holder.full_name)
    journal.record(None, event, by=agent, at=at, role=role)
    return row


def take(row_id: int, *, absence: bool, agent: Agent, on: dt.date) -> Delegation:
    """The row, locked, that this agent may end. Raises NothingToEnd, NotEntitled."""
    rows = Delegation.objects.select_for_update(of=("self",)).select_related("giver", "holder")
    row: Delegation | None = rows.filter(pk=row_id, scope=absences.VISA, absence=absence).first()
    if row is None or (row.valid_to is not None and row.valid_to < on):
        raise NothingToEnd
    if not agent.is_active or not absences.may_end(row, agent, on=on):
        raise NotEntitled(
            f"Seuls {row.giver.full_name}, le service des assemblées et l’administrateur peuvent y mettre fin."
        )
    return row


def stop(row: Delegation, *, on: dt.date) -> None:
    """In force until the day before; one that has no day before leaves no row, the journal keeps it."""
    if row.valid_from >= on:
        Delegation.objects.filter(pk=row.pk).delete()
        return
    row.valid_to = on - dt.timedelta(days=1)
    row.save(update_fields=["valid_to"])
