"""Carry an adopted text to the table where acts are drawn up."""

from __future__ import annotations

from hemicycle.accounts import queries as accounts
from hemicycle.chain.signing import queries as signing
from hemicycle.chain.signing.actions import draw_up_act as action
from hemicycle.couriers.outcomes import DONE, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.outbox import Task


def draw_up_act(task: Task, world: World) -> Outcome:
    """After a vote that adopts. An act already drawn up (this errand was interrupted) is left as it is."""
    if task.dossier is None or not task.facts["adopted"]:
        return DONE
    if signing.act_of(Dossier.objects.get(id=task.dossier)) is None:
        action.draw_up_act(dossier_id=task.dossier, agent=accounts.courier(), at=world.clock())
    return DONE
