"""Give a delegation of visa by a written act: its holder may act for the giver, present or not."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Delegation, Role
from hemicycle.chain.circuit import absences
from hemicycle.chain.circuit.actions.declare_absence import check_pair, people
from hemicycle.chain.circuit.events import DelegationGiven
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line


class DelegationRefused(ActionRefused):
    """No reference, wrong dates, or the same one in force already."""


@transaction.atomic
def give_delegation(
    *,
    giver_id: UUID,
    holder_id: UUID,
    reference: str,
    first_day: dt.date,
    agent: Agent,
    at: dt.datetime,
    last_day: dt.date | None = None,
) -> Delegation:
    """Recorded by the service des assemblées or the administrator, from the arrêté that `reference` names.

    `last_day` None: until it is ended. Raises NotEntitled, DelegationRefused, AbsenceRefused.
    """
    role = access.require_role(
        agent, Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR, on=day(at), what="Enregistrer une délégation"
    )
    giver, holder = people(giver_id, holder_id)
    check_pair(giver, holder)
    act = one_line(reference, 80)
    if not act:
        raise DelegationRefused("Donnez la référence de l’arrêté qui porte la délégation.", field="reference")
    if last_day is not None and last_day < max(first_day, day(at)):
        raise DelegationRefused("Le dernier jour est passé, ou précède le premier ; corrigez-le.", field="last_day")
    if _same(giver, holder, first_day, last_day):
        raise DelegationRefused(
            f"{holder.full_name} vise déjà pour {giver.full_name} à ces dates ; mettez d’abord fin à cette délégation.",
            field="first_day",
        )

    row = Delegation.objects.create(
        giver=giver, holder=holder, scope=absences.VISA, reference=act, valid_from=first_day, valid_to=last_day
    )
    event = DelegationGiven(
        giver=giver.full_name,
        holder=holder.full_name,
        reference=act,
        first_day=first_day.isoformat(),
        last_day=last_day.isoformat() if last_day else "",
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return row


def _same(giver: Agent, holder: Agent, first: dt.date, last: dt.date | None) -> bool:
    rows = Delegation.objects.filter(giver=giver, holder=holder, scope=absences.VISA, absence=False)
    rows = rows.exclude(valid_to__lt=first)
    return (rows if last is None else rows.filter(valid_from__lte=last)).exists()
