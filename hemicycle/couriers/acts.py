"""Carry a text to the table where acts are set: tried while it is written, drawn up once adopted or taken."""

from __future__ import annotations

from hemicycle.accounts import queries as accounts
from hemicycle.chain.printing.actions import try_act as trial
from hemicycle.chain.signing import queries as signing
from hemicycle.chain.signing.actions import draw_up_act as action
from hemicycle.couriers.outcomes import DONE, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.outbox import Task
from hemicycle.dossier.stages import Stage

#: Before its vote; afterwards the act itself is drawn up, and what stops it is told by the service des assemblées.
TRIED = (Stage.DRAFTING, Stage.TO_CORRECT, Stage.IN_CIRCUIT, Stage.READY, Stage.ON_AGENDA)


def draw_up_act(task: Task, world: World) -> Outcome:
    """After a vote that adopts, or an act taken. One already drawn up (this errand was interrupted) is left as it is,
    as is one whose number was cancelled meanwhile.
    """
    if task.dossier is None or not task.facts.get("adopted", True):
        return DONE
    dossier = Dossier.objects.get(id=task.dossier)
    if dossier.stage == Stage.ADOPTED and signing.act_of(dossier) is None:
        action.draw_up_act(dossier_id=task.dossier, agent=accounts.courier(), at=world.clock())
    return DONE


def try_act(task: Task, world: World) -> Outcome:
    """After each change of what the act says; several changes at once are tried once, as they stand now."""
    if task.dossier is not None and Dossier.objects.filter(id=task.dossier, stage__in=TRIED).exists():
        trial.try_act(dossier_id=task.dossier, agent=accounts.courier(), at=world.clock())
    return DONE
