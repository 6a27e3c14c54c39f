"""Put a model of text aside, or take it back into service."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.actions.save_model import ModelRefused
from hemicycle.chain.drafting.events import ModelSwitched
from hemicycle.chain.drafting.models import TextModel
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day


@transaction.atomic
def switch_model(*, model_id: int, active: bool, agent: Agent, at: dt.datetime) -> TextModel:
    """A model put aside is offered no more; its versions stay. Raises NotEntitled, ModelRefused."""
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Écrire les modèles de textes")
    row = TextModel.objects.select_for_update(of=("self",)).filter(id=model_id).first()
    if row is None:
        raise ModelRefused("Ce modèle n’existe plus ; rechargez la page.")
    if row.active == active:
        return row

    row.active = active
    row.save(update_fields=["active"])

    journal.record(None, ModelSwitched(model=row.name, active=active), by=agent, at=at, role=role)
    return row
