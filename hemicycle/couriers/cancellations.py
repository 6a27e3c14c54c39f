"""Carry to the préfecture the cancellation of a transmission, once two people agree, and bring its answer back."""

from __future__ import annotations

from hemicycle.accounts import queries as accounts
from hemicycle.chain.publication.actions.note_cancellation import note_cancellation as noting
from hemicycle.chain.transmission import cancellation_queries as cancellations
from hemicycle.chain.transmission import queries as transmission
from hemicycle.chain.transmission.actions.begin_cancelling import begin_cancelling
from hemicycle.chain.transmission.actions.park_message import park_message
from hemicycle.chain.transmission.actions.record_cancellation import record_cancellation
from hemicycle.chain.transmission.actions.record_cancellation_refused import record_cancellation_refused
from hemicycle.chain.transmission.actions.record_cancellation_sent import record_cancellation_sent
from hemicycle.chain.transmission.cancellation_queries import STATES, Cancelling
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.outbox import Task
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.gateways.prefecture.errors import CancellationPending, Rejected, Unreachable


def send_cancellation(task: Task, world: World) -> Outcome:
    """Once and only once: the intent is committed first, an unknown outcome is looked up before any other try."""
    identifier = task.facts["cancellation"]
    going = cancellations.cancelling(identifier)
    if going.state not in (STATES.CONFIRMED, STATES.SENDING):
        return DONE
    if going.state == STATES.CONFIRMED and (closed := transmission.closed_at(world.clock())) is not None:
        return Later(seconds=min(max((closed.until - world.clock()).total_seconds(), 1.0), 600.0))
    try:
        if going.state == STATES.SENDING:
            held = world.tdt.find_cancellation(going.act)
            if held is not None:
                return _sent(identifier, held, world, reconciled=True)
        begin_cancelling(cancellation_id=identifier, agent=accounts.courier(), at=world.clock())
        return _sent(identifier, world.tdt.cancel(going.act), world, reconciled=False)
    except CancellationPending:
        # Asked by hand at the TdT, or by us before an answer was lost: it stands, and is followed by the act itself.
        return _sent(identifier, None, world, reconciled=True)
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return _refused(identifier, str(refusal), world)


def collect_cancellation(task: Task, world: World) -> Outcome:
    """Ask what became of the request until the préfecture has taken note of it (6-2), or refused."""
    identifier = task.facts["cancellation"]
    going = cancellations.cancelling(identifier)
    if going.state != STATES.SENT:
        return DONE
    try:
        data, failure = _answer(going, world)
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))
    if failure is not None:
        return _refused(identifier, failure, world)
    if data is None:
        return Later()
    try:
        record_cancellation(dossier_id=going.dossier_id, data=data, agent=accounts.courier(), at=world.clock())
    except ActionRefused as refusal:
        why = str(refusal)
        park_message(dossier_id=going.dossier_id, data=data, why=why, agent=accounts.courier(), at=world.clock())
        return GiveUp(why=f"{why} Le message reçu est mis de côté.")
    return DONE


def _answer(going: Cancelling, world: World) -> tuple[bytes | None, str | None]:
    """The 6-2, or why it was refused; neither while nothing came. Raises Unreachable, Rejected."""
    if going.tdt_id is not None:
        status = world.tdt.status(going.tdt_id)
        if status.failed:
            return None, status.error
        if status.acknowledged and status.message:
            return status.message, None
    act = world.tdt.status(going.act)
    return (act.message if act.state == 0 else None), None


def _sent(identifier: int, tdt_id: str | None, world: World, *, reconciled: bool) -> Outcome:
    record_cancellation_sent(
        cancellation_id=identifier,
        tdt_id=tdt_id,
        reconciled=reconciled,
        agent=accounts.courier(),
        at=world.clock(),
    )
    return DONE


def _refused(identifier: int, why: str, world: World) -> Outcome:
    record_cancellation_refused(cancellation_id=identifier, reason=why, agent=accounts.courier(), at=world.clock())
    return DONE


def note_cancellation(task: Task, world: World) -> Outcome:
    """What was online, or notified, is no longer executory: its page says so."""
    if task.dossier is not None:
        noting(dossier_id=task.dossier, agent=accounts.courier(), at=world.clock())
    return DONE
