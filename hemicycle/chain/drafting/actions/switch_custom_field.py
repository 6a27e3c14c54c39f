"""Put a custom field aside, or take it back into service."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.actions.save_custom_field import CustomFieldRefused
from hemicycle.chain.drafting.events import CustomFieldSwitched
from hemicycle.chain.drafting.models import CustomField
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day


@transaction.atomic
def switch_custom_field(*, field_id: int, active: bool, agent: Agent, at: dt.datetime) -> CustomField:
    """A field put aside is asked no more; what dossiers say in it stays. Raises NotEntitled, CustomFieldRefused."""
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Définir les champs des dossiers")
    row = CustomField.objects.select_for_update(of=("self",)).filter(id=field_id).first()
    if row is None:
        raise CustomFieldRefused("Ce champ n’existe plus ; rechargez la page.")
    if row.active == active:
        return row

    row.active = active
    row.save(update_fields=["active"])

    journal.record(None, CustomFieldSwitched(label=row.label, active=active), by=agent, at=at, role=role)
    return row
