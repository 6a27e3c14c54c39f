"""Ask the préfecture for its nomenclature, each day and whenever someone wishes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Authority, Role
from hemicycle.chain.transmission.events import ClassificationAsked
from hemicycle.chain.transmission.models import ClassificationRequest
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day

#: A TdT takes one 7-1 a day; asked again sooner, the last answer is only fetched again.
SOON = dt.timedelta(minutes=10)


@transaction.atomic
def ask_classification(*, agent: Agent, at: dt.datetime) -> ClassificationRequest:
    """Note the question; a courier carries it. One asked ten minutes ago and unanswered still stands.

    Raises NotEntitled.
    """
    Authority.objects.select_for_update(of=("self",)).get(id=1)
    role = access.require_role(
        agent,
        Role.COURIER,
        Role.ASSEMBLY_OFFICE,
        Role.ADMINISTRATOR,
        on=day(at),
        what="Demander la classification de la préfecture",
    )
    pending = ClassificationRequest.objects.filter(answered_at=None, asked_at__gt=at - SOON).order_by("-asked_at")
    if (asked := pending.first()) is not None:
        return asked

    made = ClassificationRequest.objects.create(asked_at=at, asked_by=agent)

    journal.record(None, ClassificationAsked(request=made.pk), by=agent, at=at, role=role)
    return made
