"""Remember the version that a reader had on screen."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Reading
from hemicycle.dossier.refusals import NotEntitled


@transaction.atomic
def record_reading(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Reading:
    """Note that the agent has the last version on screen: « since my last visit » starts from there.

    A convenience of the reader, not an act: nothing is journaled. Raises NotEntitled.
    """
    readable = access.visible_to(agent, on=day(at), one_by_one=True).filter(id=dossier_id)
    dossier = readable.select_for_update(of=("self",)).first()
    if dossier is None:
        raise NotEntitled

    # One statement, made or made again: it follows every display of a dossier.
    (reading,) = Reading.objects.bulk_create(
        [Reading(dossier=dossier, agent=agent, version=dossier.version, read_at=at)],
        update_conflicts=True,
        unique_fields=["dossier", "agent"],
        update_fields=["version", "read_at"],
    )
    return reading
