"""The direction has seen its act come back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.distribution.conditions import require_direction
from hemicycle.chain.distribution.events import ReturnSeen
from hemicycle.chain.distribution.models import Return
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused


class NotReturned(ActionRefused):
    message = "Cet acte n’est pas encore revenu à la direction ; attendez l’accusé de réception de la préfecture."


@transaction.atomic
def acknowledge_return(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Return:
    """Date the first sight of the returned act by someone of its direction; the next ones change nothing.

    Raises NotEntitled, NotReturned.
    """
    dossier = Dossier.objects.locked().select_related("unit").get(id=dossier_id)
    role = require_direction(agent, dossier, on=day(at), what="Prendre acte du retour")
    returned = Return.objects.filter(dossier=dossier).first()
    if returned is None:
        raise NotReturned
    if returned.seen_at is not None:
        return returned

    returned.seen_at, returned.seen_by = at, agent
    returned.save(update_fields=["seen_at", "seen_by"])

    journal.record(dossier, ReturnSeen(unit=dossier.unit.direction.name), by=agent, at=at, role=role)
    return returned
