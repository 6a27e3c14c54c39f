"""Stop keeping a filter."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.finding.events import FilterRemoved
from hemicycle.chain.finding.models import SavedFilter
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import ActionRefused


class FilterGone(ActionRefused):
    message = "Ce filtre n’est pas parmi les vôtres, ou vous l’avez déjà retiré ; rechargez la page."


@transaction.atomic
def remove_filter(*, filter_id: int, agent: Agent, at: dt.datetime) -> None:
    """Remove one of the agent's own filters; the dossiers are untouched. Raises FilterGone."""
    kept = SavedFilter.objects.filter(id=filter_id, agent=agent).first()
    if kept is None:
        raise FilterGone

    kept.delete()

    journal.record(None, FilterRemoved(filter=kept.name), by=agent, at=at)
