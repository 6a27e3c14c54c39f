"""Put the agenda in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.sitting.events import AgendaOrdered
from hemicycle.chain.sitting.locking import locked, require_clerk, require_state
from hemicycle.chain.sitting.models import AgendaItem, SittingState
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused


class AgendaHasChanged(ActionRefused):
    message = "L’ordre du jour a changé pendant que vous l’ordonniez ; rechargez la page."


@transaction.atomic
def order_agenda(*, sitting_id: UUID, item_ids: Sequence[UUID], agent: Agent, at: dt.datetime) -> None:
    """Number the items in the order given, which must name each live item once.

    Frozen once the summons went out. Raises NotEntitled, WrongSittingState, AgendaHasChanged.
    """
    sitting = locked(sitting_id)
    role = require_clerk(agent, on=day(at), what="Ordonner l’ordre du jour")
    require_state(sitting, SittingState.PREPARING, what="Ordonner l’ordre du jour")
    live = set(sitting.items.filter(outcome=AgendaItem.Outcome.PENDING).values_list("id", flat=True))
    if not live or live != set(item_ids) or len(item_ids) != len(live):
        raise AgendaHasChanged

    for position, item_id in enumerate(item_ids, start=1):
        AgendaItem.objects.filter(id=item_id).update(position=position)

    event = AgendaOrdered(sitting=str(sitting.id), items=tuple(str(i) for i in item_ids))
    journal.record(None, event, by=agent, at=at, role=role)
