"""Choose what one is written, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.telling.events import MailsChosen
from hemicycle.chain.telling.kinds import KINDS, Kind, Rhythm
from hemicycle.chain.telling.models import MailChoices
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused

#: A suspension is for a time: a year at most.
LONGEST = dt.timedelta(days=366)


class ChoiceUnknown(ActionRefused):
    message = "Ce choix n’existe pas ; rechargez la page et choisissez parmi ceux qu’elle propose."


class DayNotPossible(ActionRefused):
    message = "La suspension va jusqu’à un jour à venir, dans moins d’un an ; laissez vide pour recevoir vos courriels."


@transaction.atomic
def choose_mails(
    *,
    rhythms: Mapping[str, str],
    agent: Agent,
    at: dt.datetime,
    even_absent: bool = False,
    suspended_until: dt.date | None = None,
) -> MailChoices:
    """Keep the agent's own choices; a kind left out keeps its usual rhythm.

    `suspended_until`: nothing leaves up to that day included. Raises ChoiceUnknown, DayNotPossible.
    """
    Agent.objects.select_for_update().get(id=agent.pk)
    try:
        asked = {Kind(kind): Rhythm(rhythm) for kind, rhythm in rhythms.items()}
    except ValueError:
        raise ChoiceUnknown from None
    if suspended_until is not None and not day(at) <= suspended_until <= day(at) + LONGEST:
        raise DayNotPossible(field="suspended_until")
    kept = {str(kind): str(rhythm) for kind, rhythm in asked.items() if rhythm != KINDS[kind].rhythm}

    chosen, _ = MailChoices.objects.update_or_create(
        agent=agent, defaults={"rhythms": kept, "even_absent": even_absent, "suspended_until": suspended_until}
    )

    event = MailsChosen(
        choices=kept,
        even_absent=even_absent,
        suspended_until=suspended_until.isoformat() if suspended_until else "",
    )
    journal.record(None, event, by=agent, at=at)
    return chosen
