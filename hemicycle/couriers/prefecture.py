"""Carry acts to the préfecture through the TdT, and bring back what it answers."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hemicycle.accounts import queries as accounts
from hemicycle.chain.publication import queries as publication
from hemicycle.chain.transmission import queries as transmission
from hemicycle.chain.transmission.actions import check_act as checking
from hemicycle.chain.transmission.actions import prepare_departure as preparing
from hemicycle.chain.transmission.actions.ask_classification import ask_classification
from hemicycle.chain.transmission.actions.begin_sending import begin_sending
from hemicycle.chain.transmission.actions.make_stamped_copy import make_stamped_copy
from hemicycle.chain.transmission.actions.note_silence import note_silence
from hemicycle.chain.transmission.actions.park_message import park_message
from hemicycle.chain.transmission.actions.record_acknowledgement import record_acknowledgement
from hemicycle.chain.transmission.actions.record_anomaly import NotThisAnomaly, record_anomaly
from hemicycle.chain.transmission.actions.record_classification import record_classification
from hemicycle.chain.transmission.actions.record_deposit import record_deposit
from hemicycle.chain.transmission.actions.record_envelope import record_envelope
from hemicycle.chain.transmission.actions.record_tdt_answer import record_tdt_answer
from hemicycle.chain.transmission.actions.store_classification import store_classification
from hemicycle.chain.transmission.control_queries import asked_since
from hemicycle.chain.transmission.queries import STATES, Outgoing
from hemicycle.chain.transmission.rules import NUMBER_TAKEN, archive_filename
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.outbox import Task
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.gateways.prefecture.errors import NotOffered, NumberTaken, Rejected, Unreachable

#: Between two questions about the nomenclature.
DAILY = dt.timedelta(hours=23)


def check_act(task: Task, world: World) -> Outcome:
    """Judge the act that waits; every act that waits when it is the nomenclature that changed."""
    waiting = transmission.waiting_to_leave() if task.dossier is None else [task.dossier]
    for dossier_id in waiting:
        if transmission.is_waiting(dossier_id):
            checking.check_act(dossier_id=dossier_id, agent=accounts.courier(), at=world.clock())
    return DONE


def fetch_classification(task: Task, world: World) -> Outcome:
    """Ask for the nomenclature (7-1), then fetch what the TdT holds: a TdT takes one question a day at most."""
    try:
        if task.attempts == 1 and world.tdt.request_classification():
            return Later(seconds=30)
        data = world.tdt.classification()
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))
    record_classification(request_id=task.facts["request"], data=data, agent=accounts.courier(), at=world.clock())
    return DONE


def prepare_departure(task: Task, world: World) -> Outcome:
    """Take over the préfecture's nomenclature when none is known, or after a refusal; then build what leaves."""
    if task.dossier is None:
        return DONE
    if "after_attempt" in task.facts or not transmission.classification_known():
        try:
            data = world.tdt.classification()
        except Unreachable as silence:
            return Later(why=str(silence))
        except Rejected as refusal:
            return GiveUp(why=str(refusal))
        store_classification(data=data, agent=accounts.courier(), at=world.clock())
    preparing.prepare_departure(dossier_id=task.dossier, agent=accounts.courier(), at=world.clock())
    return DONE


def deposit_act(task: Task, world: World) -> Outcome:
    """Deposit once and only once: the intent is committed first, an unknown outcome is looked up before any retry."""
    if task.dossier is None:
        return DONE
    going = transmission.outgoing_for(task.dossier)
    if going.attempt != task.facts["attempt"] or going.state not in (STATES.PREPARED, STATES.SENDING):
        return DONE
    if going.state == STATES.PREPARED:
        if (closed := transmission.closed_at(world.clock())) is not None:
            # Waiting is normal: no trouble is told, the page says until when.
            return Later(seconds=min(max((closed.until - world.clock()).total_seconds(), 1.0), 600.0))
        fresh = preparing.prepare_departure(dossier_id=task.dossier, agent=accounts.courier(), at=world.clock())
        if fresh.attempt != going.attempt:
            # The nomenclature or the filing changed while it waited: the new attempt has its own errand.
            return DONE
    try:
        if going.state == STATES.SENDING and _adopt(task.dossier, going, world):
            return DONE
        begin_sending(dossier_id=task.dossier, agent=accounts.courier(), at=world.clock())
        return _deposit(task.dossier, going, world)
    except Unreachable as silence:
        # Nothing is said of the act: the next round asks the TdT before it sends anything.
        return Later(why=str(silence))


def _deposit(dossier_id: UUID, going: Outgoing, world: World) -> Outcome:
    try:
        number = world.tdt.deposit(transmission.acte_to_send(dossier_id))
    except NumberTaken as refusal:
        if not _adopt(dossier_id, going, world):
            _refused(dossier_id, str(refusal), world, code=NUMBER_TAKEN)
        return DONE
    except Rejected as refusal:
        _refused(dossier_id, str(refusal), world)
        return DONE
    record_deposit(dossier_id=dossier_id, tdt_id=number, reconciled=False, agent=accounts.courier(), at=world.clock())
    return DONE


def _adopt(dossier_id: UUID, going: Outgoing, world: World) -> bool:
    """Whether the TdT already holds this attempt; its number is then recorded. Raises Unreachable."""
    number = world.tdt.find(going.number, going.unique_id)
    if number is None or number in going.earlier:
        return False
    record_deposit(dossier_id=dossier_id, tdt_id=number, reconciled=True, agent=accounts.courier(), at=world.clock())
    return True


def ask_about_deposit(task: Task, world: World) -> Outcome:
    """Put the question that someone asked: found, the deposit is recorded; otherwise nothing is sent from here."""
    if task.dossier is None:
        return DONE
    going = transmission.outgoing_for(task.dossier)
    if going.attempt != task.facts["attempt"] or going.state != STATES.SENDING:
        return DONE
    try:
        found = _adopt(task.dossier, going, world)
        answer = "Il détient cet acte : le dépôt est enregistré." if found else "Il ne connaît pas cet acte."
    except Unreachable as silence:
        answer = str(silence)
    record_tdt_answer(dossier_id=task.dossier, answer=answer, agent=accounts.courier(), at=world.clock())
    return DONE


def _refused(dossier_id: UUID, reason: str, world: World, *, data: bytes = b"", code: str = "") -> None:
    record_anomaly(
        dossier_id=dossier_id, data=data, reason=reason, code=code, agent=accounts.courier(), at=world.clock()
    )


def fetch_envelope(task: Task, world: World) -> Outcome:
    """Bring back the archive that left, as proof of what the préfecture received."""
    going = _deposited(task)
    if task.dossier is None or going is None or not going.tdt_id or going.sent_archive:
        return DONE
    try:
        data = world.tdt.archive(going.tdt_id)
    except NotOffered:
        # Our own archive, checked before it left, is then all there is.
        return DONE
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))
    record_envelope(
        dossier_id=task.dossier,
        data=data,
        filename=archive_filename(data, unique_id=going.unique_id),
        agent=accounts.courier(),
        at=world.clock(),
    )
    return DONE


def collect_acknowledgement(task: Task, world: World) -> Outcome:
    """Ask what became of the deposit until it is acknowledged or refused."""
    going = _deposited(task)
    if task.dossier is None or going is None or not going.tdt_id or going.state != STATES.DEPOSITED:
        return DONE
    try:
        status = world.tdt.status(going.tdt_id)
        receipt = None
        if status.acknowledged:
            # The status carries the 1-2 only while it is the last thing that happened.
            receipt = status.message if status.state == 4 else None
            receipt = receipt or world.tdt.acknowledgement(going.tdt_id)
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))
    if receipt is not None:
        try:
            record_acknowledgement(
                dossier_id=task.dossier,
                data=receipt,
                attested_on=status.received_on,
                agent=accounts.courier(),
                at=world.clock(),
            )
        except ActionRefused as refusal:
            return _put_aside(task.dossier, receipt, str(refusal), world)
        return DONE
    if status.failed:
        try:
            _refused(task.dossier, status.error, world, data=status.message or b"")
        except NotThisAnomaly as refusal:
            return _put_aside(task.dossier, status.message or b"", str(refusal), world)
        return DONE
    if status.state == 0:
        return GiveUp(why="La transmission a été annulée chez le tiers de télétransmission sans accusé de réception.")
    return Later()


def _put_aside(dossier_id: UUID, data: bytes, why: str, world: World) -> Outcome:
    """What the TdT gave for this act and is not its own answer: kept, and a person is asked."""
    park_message(dossier_id=dossier_id, data=data, why=why, agent=accounts.courier(), at=world.clock())
    return GiveUp(why=f"{why} Le message reçu est mis de côté.")


def note_silences(world: World) -> None:
    """Tell of the deposits that are still unanswered after a working day, each once."""
    for dossier_id in transmission.silences(on=day(world.clock())):
        note_silence(dossier_id=dossier_id, agent=accounts.courier(), at=world.clock())


def ask_each_day(world: World) -> None:
    """The nomenclature moves without a word: it is asked for once a day."""
    if not asked_since(world.clock() - DAILY):
        ask_classification(agent=accounts.courier(), at=world.clock())


def _deposited(task: Task) -> Outgoing | None:
    """The attempt that the errand is about, unless another has followed it."""
    if task.dossier is None:
        return None
    going = transmission.outgoing_for(task.dossier)
    return going if going.attempt == task.facts["attempt"] else None


def stamp_copy(task: Task, world: World) -> Outcome:
    """After the acknowledgement, and again once online with the day of publication."""
    if task.dossier is None:
        return DONE
    dossier = Dossier.objects.get(id=task.dossier)
    make_stamped_copy(
        dossier_id=task.dossier,
        published_on=publication.published_on(dossier),
        agent=accounts.courier(),
        at=world.clock(),
    )
    return DONE
