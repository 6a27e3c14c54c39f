"""Keep the index of the search up with what changes in the dossiers."""

from __future__ import annotations

from hemicycle.chain.finding import index
from hemicycle.couriers.outcomes import DONE, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.outbox import Task


def index_dossier(task: Task, _world: World) -> Outcome:
    """Read the words of the dossier anew, once for all that happened to it meanwhile; the world has no part in it."""
    if task.dossier is not None:
        index.index_dossier(dossier_id=task.dossier, entry=task.entry)
    return DONE
