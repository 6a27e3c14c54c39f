"""Open the sitting: the quorum is there."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.sitting.events import SittingOpened
from hemicycle.chain.sitting.locking import locked, require_clerk, require_state
from hemicycle.chain.sitting.models import Sitting, SittingState
from hemicycle.chain.sitting.room import Room, room_of
from hemicycle.chain.sitting.rules import LAW_BODY
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.law.quorum import second_meeting


class NoQuorum(ActionRefused):
    """Too few members: the body meets again as of right three days later (L3121-14 al. 2)."""


class NotInTheRoom(ActionRefused):
    """Whoever presides and whoever is secretary must be present."""


class NotTheDay(ActionRefused):
    message = "La séance n’a pas encore lieu : elle s’ouvre le jour pour lequel elle est convoquée."


@transaction.atomic
def open_sitting(*, sitting_id: UUID, president_id: int, secretary_id: int, agent: Agent, at: dt.datetime) -> Sitting:
    """Open the sitting under the presidency of a member present, with a secretary.

    Raises NotEntitled, WrongSittingState, NotTheDay, NotInTheRoom, NoQuorum.
    """
    sitting = locked(sitting_id)
    role = require_clerk(agent, on=day(at), what="Ouvrir la séance")
    require_state(sitting, SittingState.CONVENED, what="Ouvrir la séance")
    if day(at) < day(sitting.starts_at):
        raise NotTheDay
    room = room_of(sitting)
    here = {m.pk: m for m in room.present}
    for member_id, what in ((president_id, "préside"), (secretary_id, "est secrétaire")):
        if member_id not in here:
            raise NotInTheRoom(f"Qui {what} doit être présent ; choisissez parmi les membres présents.")
    require_quorum(room)

    sitting.state, sitting.opened_at = SittingState.OPEN, at
    sitting.presided_by, sitting.secretary = here[president_id], here[secretary_id]
    sitting.save()

    event = SittingOpened(
        sitting=str(sitting.id),
        president=str(sitting.presided_by),
        secretary=str(sitting.secretary),
        present=len(room.present),
        represented=len(room.proxies),
        quorum=room.quorum.quorum.needed,
        article=room.quorum.quorum.article,
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return sitting


def require_quorum(room: Room) -> None:
    """Raises NoQuorum, with the figures and the day of the meeting of right."""
    check = room.quorum
    if check.reached:
        return
    again = second_meeting(LAW_BODY[room.sitting.body], failed_on=day(room.sitting.starts_at))
    raise NoQuorum(
        f"{check.explanation} À défaut, la réunion se tient de plein droit le {again.on:%d/%m/%Y} ({again.article})."
    )
