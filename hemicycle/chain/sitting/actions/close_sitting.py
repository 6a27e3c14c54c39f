"""Close the sitting."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.sitting.events import SittingClosed
from hemicycle.chain.sitting.locking import locked, require_clerk, require_state
from hemicycle.chain.sitting.models import AgendaItem, Sitting, SittingState
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused


class ItemsPending(ActionRefused):
    """Every item is voted, adjourned or withdrawn before the closing."""


@transaction.atomic
def close_sitting(*, sitting_id: UUID, agent: Agent, at: dt.datetime) -> Sitting:
    """Close the sitting once every item is settled. Raises NotEntitled, WrongSittingState, ItemsPending."""
    sitting = locked(sitting_id)
    role = require_clerk(agent, on=day(at), what="Clore la séance")
    require_state(sitting, SittingState.OPEN, what="Clore la séance")
    outcomes = Counter(sitting.items.values_list("outcome", flat=True))
    if pending := outcomes[AgendaItem.Outcome.PENDING]:
        raise ItemsPending(
            f"{pending} dossier{'s' if pending > 1 else ''} de l’ordre du jour "
            f"{'attendent' if pending > 1 else 'attend'} encore un vote : mettez-les aux voix ou ajournez-les."
        )

    sitting.state, sitting.closed_at = SittingState.CLOSED, at
    sitting.save(update_fields=["state", "closed_at"])

    event = SittingClosed(
        sitting=str(sitting.id),
        adopted=outcomes[AgendaItem.Outcome.ADOPTED],
        rejected=outcomes[AgendaItem.Outcome.REJECTED],
        adjourned=outcomes[AgendaItem.Outcome.ADJOURNED],
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return sitting
