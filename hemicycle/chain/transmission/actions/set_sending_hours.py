"""Set the hours when acts leave for the préfecture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from hemicycle.accounts.models import Agent, Authority, Role
from hemicycle.chain.transmission.events import SendingHoursSet
from hemicycle.chain.transmission.models import SendingHours
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused

DAYS = {1: "lundi", 2: "mardi", 3: "mercredi", 4: "jeudi", 5: "vendredi", 6: "samedi", 7: "dimanche"}


class NotHours(ActionRefused):
    """An hour of closing that does not come after that of opening."""


@transaction.atomic
def set_sending_hours(*, hours: Mapping[int, tuple[dt.time, dt.time]], agent: Agent, at: dt.datetime) -> list[str]:
    """Replace them all: weekday (1 Monday … 7) → from, to, local time. None: at any hour, every day.

    Raises NotEntitled, NotHours.
    """
    Authority.objects.select_for_update(of=("self",)).get(id=1)
    role = access.require_role(
        agent, Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR, on=day(at), what="Régler les heures d’envoi"
    )
    for weekday, (opens, closes) in hours.items():
        if weekday not in DAYS or not opens < closes:
            raise NotHours(f"Le {DAYS.get(weekday, weekday)}, l’heure de fin doit suivre l’heure de début.")
    before = {h.weekday: (h.opens, h.closes) for h in SendingHours.objects.order_by("weekday")}
    said = [f"{DAYS[w]} {opens:%H:%M}–{closes:%H:%M}" for w, (opens, closes) in sorted(hours.items())]
    if before == dict(hours):
        return said

    SendingHours.objects.all().delete()
    SendingHours.objects.bulk_create(
        SendingHours(weekday=weekday, opens=opens, closes=closes) for weekday, (opens, closes) in sorted(hours.items())
    )

    journal.record(None, SendingHoursSet(hours=said), by=agent, at=at, role=role)
    return said
