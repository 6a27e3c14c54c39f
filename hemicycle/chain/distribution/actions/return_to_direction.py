"""Give the act back to the direction that drafted it, signed and acknowledged."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.distribution.conditions import require_acknowledged
from hemicycle.chain.distribution.events import ReturnedToDirection
from hemicycle.chain.distribution.models import Return
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier


@transaction.atomic
def return_to_direction(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Return:
    """Put the acknowledged act among what its direction has to see; twice is once.

    Raises NotEntitled, NotAcknowledged.
    """
    dossier = Dossier.objects.locked().select_related("unit").get(id=dossier_id)
    what = "Rendre un acte à sa direction"
    role = access.require_role(agent, Role.COURIER, Role.ASSEMBLY_OFFICE, on=day(at), what=what)
    require_acknowledged(dossier, what=what)
    earlier = Return.objects.filter(dossier=dossier).first()
    if earlier is not None:
        return earlier

    returned = Return.objects.create(dossier=dossier, returned_at=at)

    journal.record(dossier, ReturnedToDirection(unit=dossier.unit.direction.name), by=agent, at=at, role=role)
    return returned
