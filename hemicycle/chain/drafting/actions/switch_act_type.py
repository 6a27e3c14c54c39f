"""Put a type of act aside, or take it back into service."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.actions.save_act_type import ActTypeRefused
from hemicycle.chain.drafting.events import ActTypeSwitched
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import ActType


@transaction.atomic
def switch_act_type(*, act_type_id: int, active: bool, agent: Agent, at: dt.datetime) -> ActType:
    """A type put aside is offered to no new dossier; those that have it keep it. Raises NotEntitled, ActTypeRefused."""
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Définir les types d’acte")
    row = ActType.objects.select_for_update().filter(id=act_type_id).first()
    if row is None:
        raise ActTypeRefused("Ce type d’acte n’existe plus ; rechargez la page.")
    if row.active == active:
        return row

    row.active = active
    row.save(update_fields=["active"])

    journal.record(None, ActTypeSwitched(act_type=row.name, active=active), by=agent, at=at, role=role)
    return row
