"""The couriers' rounds: take what is due, carry it, and only then mark it."""

from __future__ import annotations

import datetime as dt
import logging

from hemicycle.couriers.itinerary import CARRIERS, ITINERARY
from hemicycle.couriers.outcomes import Done, GiveUp, Later, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier import outbox
from hemicycle.dossier.blobs import StoreUnavailable
from hemicycle.dossier.outbox import Task
from hemicycle.dossier.refusals import ActionRefused

log = logging.getLogger("hemicycle.couriers")

#: Tries of an errand that fails by a defect of ours before a person is asked.
MAX_FAILURES = 8


def run_once(world: World) -> int:
    """One round. Returns how many errands moved (an errand given back for later does not count)."""
    moved = 0
    for task in outbox.take(now=world.clock()):
        if not task.carrier:
            outbox.sort(task, [c.__name__ for c in ITINERARY.get(task.event, ())], now=world.clock())
            moved += 1
            continue
        outcome = _carry(task, world)
        _mark(task, outcome, now=world.clock())
        moved += not isinstance(outcome, Later)
    return moved


def _carry(task: Task, world: World) -> Outcome:
    try:
        return CARRIERS[task.carrier](task, world)
    except ActionRefused as refusal:
        # The house says no: asking again would give the same answer.
        return GiveUp(why=str(refusal))
    except StoreUnavailable as silence:
        # However long it lasts, the errand waits: nothing of it is wrong.
        return Later(why=str(silence))
    except Exception as failure:
        # A defect of ours must stop neither the other errands nor, while it lasts, this one.
        log.exception("errand %s (%s) failed", task.id, task.carrier)
        why = (
            f"Incident interne pendant « {task.carrier} » ({type(failure).__name__}) ; consultez le journal technique."
        )
        return Later(why=why) if task.attempts < MAX_FAILURES else GiveUp(why=why)


def _mark(task: Task, outcome: Outcome, *, now: dt.datetime) -> None:
    match outcome:
        case Done():
            outbox.done(task, now=now)
        case Later(seconds=seconds, why=why):
            wait = seconds if seconds is not None else patience(task.attempts, failing=bool(why))
            outbox.later(task, due_at=now + dt.timedelta(seconds=wait), error=why)
        case GiveUp(why=why):
            log.warning("errand %s (%s) given up: %s", task.id, task.carrier, why)
            outbox.give_up(task, error=why, now=now)


def patience(attempts: int, *, failing: bool) -> float:
    """Seconds before the next try: a waited answer is asked for each minute at most, a dead system less and less."""
    if failing:
        return min(5.0 * float(2 ** min(attempts, 10)), 1800.0)
    return min(0.5 * 1.5 ** min(attempts, 20), 60.0)
