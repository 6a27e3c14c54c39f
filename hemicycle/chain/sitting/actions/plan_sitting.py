"""Plan a sitting of a body."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Body
from hemicycle.chain.sitting.events import SittingPlanned
from hemicycle.chain.sitting.locking import require_clerk
from hemicycle.chain.sitting.models import Sitting
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line


class SittingRefused(ActionRefused):
    """The sitting cannot be planned so; `field` names what is wrong."""


@transaction.atomic
def plan_sitting(*, body: str, starts_at: dt.datetime, place: str, agent: Agent, at: dt.datetime) -> Sitting:
    """Plan a sitting. Raises NotEntitled, SittingRefused (unknown body, no place, same body at the same time)."""
    role = require_clerk(agent, on=day(at), what="Planifier une séance")
    if body not in Body.values:
        raise SittingRefused("Choisissez l’assemblée : conseil départemental ou commission permanente.", field="body")
    where = one_line(place, 160)
    if not where:
        raise SittingRefused("Indiquez le lieu de la séance.", field="place")
    if Sitting.objects.filter(body=body, starts_at=starts_at).exists():
        raise SittingRefused("Une séance de cette assemblée est déjà prévue à cette heure.", field="starts_at")

    sitting = Sitting.objects.create(body=body, starts_at=starts_at, place=where, planned_by=agent)

    event = SittingPlanned(sitting=str(sitting.id), body=body, starts_at=journal.plain(starts_at), place=sitting.place)
    journal.record(None, event, by=agent, at=at, role=role)
    return sitting
