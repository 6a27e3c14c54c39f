"""Note when the arrêté of a delegation was transmitted and published: it may be used from then on."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Delegation, Role
from hemicycle.chain.signing.delegations import SIGNATURE
from hemicycle.chain.signing.events import DelegationMadePublic
from hemicycle.chain.signing.models import Publicity
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused


class PublicityRefused(ActionRefused):
    """These dates cannot be; the sentence says why."""


@transaction.atomic
def publish_delegation(
    *,
    delegation_id: int,
    transmitted_on: dt.date | None,
    published_on: dt.date | None,
    agent: Agent,
    at: dt.datetime,
) -> Publicity:
    """The two days that make the arrêté executory (CGCT, L3131-1); None for what is not done yet.

    Raises NotEntitled, PublicityRefused.
    """
    role = access.require_role(
        agent, Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR, on=day(at), what="Noter la publicité d’une délégation"
    )
    row = Delegation.objects.select_related("holder").filter(pk=delegation_id, scope=SIGNATURE).first()
    if row is None:
        raise PublicityRefused("Cette délégation de signature n’existe plus ; rechargez la page.")
    for name, said in (("transmitted_on", transmitted_on), ("published_on", published_on)):
        if said is not None and said > day(at):
            raise PublicityRefused("Ce jour n’est pas encore venu ; donnez la date du fait accompli.", field=name)

    found, _ = Publicity.objects.update_or_create(
        delegation=row, defaults={"transmitted_on": transmitted_on, "published_on": published_on}
    )

    event = DelegationMadePublic(
        holder=row.holder.full_name,
        reference=row.reference,
        transmitted_on=transmitted_on.isoformat() if transmitted_on else "",
        published_on=published_on.isoformat() if published_on else "",
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return found
