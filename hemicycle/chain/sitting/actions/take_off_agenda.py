"""Take a dossier off an agenda before the vote."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.sitting.events import TakenOffAgenda
from hemicycle.chain.sitting.locking import locked_item, require_clerk, require_pending, require_state
from hemicycle.chain.sitting.models import AgendaItem, Sitting, SittingState
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.texts.typed import several_lines


class ReasonMissing(ActionRefused):
    message = "Dites pourquoi le dossier quitte l’ordre du jour."


@transaction.atomic
def take_off_agenda(*, item_id: UUID, reason: str, agent: Agent, at: dt.datetime) -> AgendaItem:
    """Withdraw the item: the dossier is ready for another sitting. After the summons a reason is required.

    Raises NotEntitled, WrongSittingState, ReasonMissing, ItemSettled once it is voted.
    """
    sitting, item, dossier = locked_item(item_id)
    role = require_clerk(agent, on=day(at), what="Retirer un dossier de l’ordre du jour")
    require_state(sitting, SittingState.PREPARING, SittingState.CONVENED, what="Retirer un dossier")
    require_pending(item)
    said = several_lines(reason, 500)
    if sitting.state == SittingState.CONVENED and not said:
        raise ReasonMissing(field="reason")

    dossier.move(Move.TAKEN_OFF_AGENDA, at=at)
    item.outcome = AgendaItem.Outcome.REMOVED
    item.save(update_fields=["outcome"])
    if sitting.state == SittingState.PREPARING:
        _close_ranks(sitting)

    event = TakenOffAgenda(sitting=str(sitting.id), reason=said)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return item


def _close_ranks(sitting: Sitting) -> None:
    """The summons prints no gap; once it went out, numbers are those that the members read."""
    live = sitting.items.filter(outcome=AgendaItem.Outcome.PENDING).order_by("position", "id")
    for position, item in enumerate(live, start=1):
        AgendaItem.objects.filter(id=item.id).update(position=position)
