"""Carry all that a signatory ordered in one gesture: one authorisation of the key, each act kept as soon as signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from hemicycle.accounts import queries as accounts
from hemicycle.chain.signing import gestures
from hemicycle.chain.signing.actions.note_key_codes import note_key_codes
from hemicycle.chain.signing.actions.record_signature import record_signature
from hemicycle.chain.signing.actions.reopen_gesture import reopen_gesture
from hemicycle.chain.signing.gestures import Busy, Held
from hemicycle.chain.signing.queries import Order
from hemicycle.chain.signing.together import orders_together
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.trust import trust_roots
from hemicycle.couriers.world import World
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.gateways.signature.client import Document
from hemicycle.gateways.signature.errors import CodesWanted, Rejected, Unreachable

#: Seconds before a silent outside is asked again for a whole gesture.
PATIENCE = 5.0
SPENT = (
    "Le code donné n’a pas pu servir pour tous les actes : un code sert une fois, et peu de temps. Signez de nouveau "
    "ceux qui restent, en donnant un autre code."
)

Orders = list[tuple[UUID, Order]]
Failure = Unreachable | Rejected | ActionRefused


def carry(dossier: UUID, gesture_id: int | None, world: World) -> Outcome:
    """That dossier's order, and with it those of its gesture. What the others say of themselves, their errands do."""
    held = gestures.take(gesture_id, now=world.clock())
    if isinstance(held, Busy):
        return Later(seconds=held.seconds, why=held.why)
    try:
        # Read once held: another courier may have carried it meanwhile.
        orders = orders_together(dossier)
        if not orders:
            return DONE
        if held.spent:
            return _reopened(held, SPENT, world)
        outcome = _carried(orders, held, world)
    except BaseException:
        gestures.release(held)
        raise
    if not isinstance(outcome, Later):
        gestures.release(held)
    return outcome


def _carried(orders: Orders, held: Held, world: World) -> Outcome:
    try:
        failures = dict(_failures(orders, held, world))
    except Unreachable as silence:
        gestures.put_off(held, until=world.clock() + dt.timedelta(seconds=PATIENCE), why=str(silence))
        # Without a gesture, the rounds choose their own patience.
        return Later(why=str(silence), seconds=PATIENCE if held.id else None)
    except CodesWanted as wanted:
        note_key_codes(key_name=orders[0][1].key_name, codes=wanted.codes, agent=accounts.courier(), at=world.clock())
        return _reopened(held, str(wanted), world)
    except Rejected as refusal:
        # What the holder typed, the holder mends; the rest is for those who keep the installation.
        return _reopened(held, str(refusal), world) if held.codes else GiveUp(why=str(refusal))
    own = failures.get(0)
    unstamped = next((failure for failure in failures.values() if isinstance(failure, Unreachable)), None)
    if held.codes and unstamped is not None:
        return _reopened(held, f"{unstamped} {SPENT}", world)
    if isinstance(own, ActionRefused):
        raise own
    if isinstance(own, Unreachable):
        return Later(why=str(own))
    return GiveUp(why=str(own)) if own is not None else DONE


def _failures(orders: Orders, held: Held, world: World) -> Iterator[tuple[int, Failure]]:
    """Why some of them, by their place, are not signed; the others are kept. Raises when none can be."""
    authority, roots = accounts.authority(), trust_roots()
    signer = world.signer(orders[0][1].key_name, held.codes)
    # Outside any transaction: the timestamping service may take its time.
    results = signer.sign_each(
        [Document(pdf=order.frozen, reason=order.reason) for _, order in orders],
        at=world.clock(),
        location=authority.city,
        contact=authority.contact_email,
    )
    for place, result in results:
        if not isinstance(result, bytes):
            yield place, result
            continue
        try:
            record_signature(
                dossier_id=orders[place][0],
                signed=result,
                trust_roots=roots,
                agent=accounts.courier(),
                at=world.clock(),
            )
        except ActionRefused as refusal:
            yield place, refusal
        gestures.hold(held, now=world.clock())


def _reopened(held: Held, why: str, world: World) -> Outcome:
    """What is left goes back to the signatory; without a gesture there is nobody to ask."""
    if held.id is None:
        return GiveUp(why=why)
    reopen_gesture(gesture_id=held.id, reason=why, agent=accounts.courier(), at=world.clock())
    return DONE
