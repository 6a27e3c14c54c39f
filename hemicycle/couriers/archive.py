"""Carry the package to the SAE, and bring back its reply."""

from __future__ import annotations

from uuid import UUID

from hemicycle.accounts import queries as accounts
from hemicycle.chain.archiving import queries as archiving
from hemicycle.chain.archiving.actions import build_package as building
from hemicycle.chain.archiving.actions.begin_deposit import begin_deposit
from hemicycle.chain.archiving.actions.record_deposit import record_deposit
from hemicycle.chain.archiving.actions.record_rejection import record_rejection
from hemicycle.chain.archiving.actions.record_reply import record_reply
from hemicycle.chain.archiving.queries import STATES, Outgoing
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.archive.errors import Rejected, Unreachable


def build_package(task: Task, world: World) -> Outcome:
    """Once published, or when a refused deposit is to be made again."""
    if task.dossier is None:
        return DONE
    building.build_package(dossier_id=task.dossier, agent=accounts.courier(), at=world.clock())
    return DONE


def deposit_package(task: Task, world: World) -> Outcome:
    """Deposit once and only once: the intent is committed first, an unknown outcome is looked up before any retry."""
    going = _going(task)
    if task.dossier is None or going is None or going.state not in (STATES.PREPARED, STATES.SENDING):
        return DONE
    if going.state == STATES.SENDING:
        found = _look_up(task.dossier, going, world)
        if found is not None:
            return found
    try:
        begin_deposit(dossier_id=task.dossier, agent=accounts.courier(), at=world.clock())
        package = archiving.package_of(going.message_identifier)
        operation = world.sae.deposit(package, message_identifier=going.message_identifier)
    except Unreachable as silence:
        # Whether it arrived or not, the next round asks the archive before it sends anything.
        return Later(why=str(silence))
    except Rejected as refusal:
        record_rejection(dossier_id=task.dossier, reason=str(refusal), agent=accounts.courier(), at=world.clock())
        return DONE
    _record(task.dossier, operation, world, reconciled=False)
    return DONE


def _look_up(dossier_id: UUID, going: Outgoing, world: World) -> Outcome | None:
    """How the errand ends when the archive already holds this transfer, or cannot say; None when it has not come."""
    try:
        operations = world.sae.find(going.message_identifier)
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        # Nobody can tell whether it left: a person decides, never a second deposit.
        return GiveUp(why=f"Le sort du versement {going.message_identifier} est inconnu. {refusal}")
    if not operations:
        return None
    # The first one is the deposit; any later one is refused by the archive as a repetition.
    _record(dossier_id, operations[0], world, reconciled=True)
    return DONE


def _record(dossier_id: UUID, operation: str, world: World, *, reconciled: bool) -> None:
    record_deposit(
        dossier_id=dossier_id,
        operation=operation,
        reconciled=reconciled,
        agent=accounts.courier(),
        at=world.clock(),
    )


def collect_reply(task: Task, world: World) -> Outcome:
    """Ask where the operation stands until it is over, then read what the archive replied."""
    going = _going(task)
    if task.dossier is None or going is None or going.state != STATES.DEPOSITED:
        return DONE
    try:
        if not world.sae.progress(going.operation).completed:
            return Later()
        data = world.sae.reply(going.operation)
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))
    record_reply(dossier_id=task.dossier, data=data, agent=accounts.courier(), at=world.clock())
    return DONE


def _going(task: Task) -> Outgoing | None:
    """The deposit that the errand is about, unless another has followed it."""
    if task.dossier is None:
        return None
    going = archiving.outgoing_for(task.dossier)
    return going if going.message_identifier == task.facts["message_identifier"] else None
