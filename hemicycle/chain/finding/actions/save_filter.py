"""Keep a filter under a name, to come back to it and see how many dossiers it finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.finding.criteria import criteria_from
from hemicycle.chain.finding.events import FilterSaved
from hemicycle.chain.finding.models import SavedFilter
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line

MOST = 20
LONGEST_NAME = 60


class NameMissing(ActionRefused):
    message = "Donnez un nom au filtre : c’est par lui que vous le retrouverez."


class NothingNarrowed(ActionRefused):
    message = "Ce filtre ne demande rien : choisissez au moins un critère, puis gardez-le."


class TooManyFilters(ActionRefused):
    message = f"Vous gardez déjà {MOST} filtres ; retirez-en un avant d’en garder un autre."


@transaction.atomic
def save_filter(*, name: str, criteria: Mapping[str, str], agent: Agent, at: dt.datetime) -> SavedFilter:
    """Keep the criteria under that name for the agent alone; the same name again takes the new criteria.

    Criteria that make no sense are left out. Raises NameMissing, NothingNarrowed, TooManyFilters.
    """
    # The person's own row is the lock of their filters.
    Agent.objects.select_for_update().get(id=agent.pk)
    named = one_line(name, LONGEST_NAME)
    if not named:
        raise NameMissing(field="name")
    asked = criteria_from(criteria).plain()
    if not asked:
        raise NothingNarrowed
    kept = SavedFilter.objects.filter(agent=agent)
    if not kept.filter(name=named).exists() and kept.count() >= MOST:
        raise TooManyFilters

    saved, _ = SavedFilter.objects.update_or_create(
        agent=agent, name=named, defaults={"criteria": asked, "saved_at": at}
    )

    journal.record(None, FilterSaved(filter=named, criteria=dict(asked)), by=agent, at=at)
    return saved
