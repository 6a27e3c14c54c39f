"""Record the arrêté by which the president lets another sign (CGCT, L3221-3)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Delegation, Role
from hemicycle.chain.signing.delegations import SIGNATURE
from hemicycle.chain.signing.events import DelegationOfSignatureGiven
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line


class DelegationRefused(ActionRefused):
    """The delegation cannot be recorded; the sentence says why."""


@transaction.atomic
def give_signing_delegation(
    *,
    holder_id: UUID,
    reference: str,
    first_day: dt.date,
    last_day: dt.date | None,
    agent: Agent,
    at: dt.datetime,
) -> Delegation:
    """The president in office delegates to `holder_id`; usable once published and transmitted, and no longer than
    the president's own mandate.

    Raises NotEntitled, DelegationRefused.
    """
    role = access.require_role(
        agent, Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR, on=day(at), what="Enregistrer une délégation de signature"
    )
    giver, holder = _giver(on=day(at)), _holder(holder_id)
    said = one_line(reference, 80)
    if not said:
        raise DelegationRefused("Donnez la référence de l’arrêté qui porte la délégation.", field="reference")
    if giver.pk == holder.pk:
        raise DelegationRefused("Le président ne se délègue pas sa propre signature.", field="holder")
    if last_day is not None and (last_day < first_day or last_day < day(at)):
        raise DelegationRefused("Le dernier jour est passé, ou précède le premier ; corrigez-le.", field="last_day")

    row = Delegation.objects.create(
        giver=giver, holder=holder, scope=SIGNATURE, reference=said, valid_from=first_day, valid_to=last_day
    )

    event = DelegationOfSignatureGiven(
        giver=giver.full_name,
        holder=holder.full_name,
        reference=said,
        first_day=first_day.isoformat(),
        last_day=last_day.isoformat() if last_day else "",
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return row


def _giver(*, on: dt.date) -> Agent:
    try:
        return accounts.president(on=on).agent
    except LookupError as vacancy:
        raise DelegationRefused("Aucun président n’est en fonction : nul ne peut déléguer sa signature.") from vacancy


def _holder(holder_id: UUID) -> Agent:
    found = Agent.objects.filter(pk=holder_id, is_active=True).first()
    if found is None:
        raise DelegationRefused("Cette personne n’a plus de compte en service.", field="holder")
    return found
