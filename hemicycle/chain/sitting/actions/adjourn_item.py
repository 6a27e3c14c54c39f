"""Adjourn an item during the sitting: it comes back to a later one."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.sitting.events import ItemAdjourned
from hemicycle.chain.sitting.locking import locked_item, require_clerk, require_pending, require_state
from hemicycle.chain.sitting.models import AgendaItem, SittingState
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.texts.typed import several_lines


class ReasonMissing(ActionRefused):
    message = "Dites pourquoi le dossier est ajourné : le motif figure au procès-verbal."


@transaction.atomic
def adjourn_item(*, item_id: UUID, reason: str, agent: Agent, at: dt.datetime) -> AgendaItem:
    """The dossier leaves this sitting without a vote and is ready for another.

    Raises NotEntitled, WrongSittingState, ReasonMissing, ItemSettled once it is voted.
    """
    sitting, item, dossier = locked_item(item_id)
    role = require_clerk(agent, on=day(at), what="Ajourner un dossier")
    require_state(sitting, SittingState.OPEN, what="Ajourner")
    require_pending(item)
    said = several_lines(reason, 500)
    if not said:
        raise ReasonMissing(field="reason")

    dossier.move(Move.ADJOURNED, at=at)
    item.outcome = AgendaItem.Outcome.ADJOURNED
    item.save(update_fields=["outcome"])

    event = ItemAdjourned(sitting=str(sitting.id), reason=said)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return item
