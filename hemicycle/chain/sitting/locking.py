"""Taking a sitting as the lock of what happens around it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.sitting.models import AgendaItem, Sitting, SittingState
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused


class WrongSittingState(ActionRefused):
    """The sitting is not at the moment where this is done."""


class ItemSettled(ActionRefused):
    """The item was voted, adjourned or withdrawn: nothing more happens to it in this sitting."""


def locked(sitting_id: UUID) -> Sitting:
    """The sitting, locked: before any dossier, so that two actions never wait for each other in a circle."""
    return Sitting.objects.select_for_update(of=("self",)).get(id=sitting_id)


def locked_item(item_id: UUID) -> tuple[Sitting, AgendaItem, Dossier]:
    """The item with its sitting and its dossier, locked in that order."""
    sitting = locked(AgendaItem.objects.values_list("sitting_id", flat=True).get(id=item_id))
    item = AgendaItem.objects.get(id=item_id)
    item.sitting = sitting
    dossier = Dossier.objects.locked().get(id=item.dossier_id)
    item.dossier = dossier
    return sitting, item, dossier


def require_state(sitting: Sitting, *states: str, what: str) -> None:
    """Raises WrongSittingState, saying what was asked and where the sitting stands."""
    if sitting.state not in states:
        raise WrongSittingState(
            f"{what} n’est pas possible : la séance est {SittingState(sitting.state).label} ; rechargez sa page."
        )


def require_pending(item: AgendaItem) -> None:
    """Raises ItemSettled. The dossier's stage does not say it: it may be on the agenda of another sitting by now."""
    if item.outcome != AgendaItem.Outcome.PENDING:
        raise ItemSettled(
            f"Le dossier {item.dossier.number} n’est plus à examiner à cette séance : il y est "
            f"« {AgendaItem.Outcome(item.outcome).label} » ; rechargez sa page."
        )


def require_registrar(agent: Agent, *, on: dt.date, what: str) -> str:
    """Who is in the room and who votes for whom: the service des assemblées alone (reliability.md §6).

    Whoever presides does not keep the register of those who vote under that presidency. Raises NotEntitled.
    """
    return access.require_role(agent, Role.ASSEMBLY_OFFICE, on=on, what=what)


def require_clerk(agent: Agent, *, on: dt.date, what: str) -> str:
    """The service des assemblées or the president. Raises NotEntitled."""
    return access.require_role(
        agent,
        Role.ASSEMBLY_OFFICE,
        Role.PRESIDENT,
        on=on,
        what=what,
    )
