"""Carry the frozen act to the signing service, and bring the signed one back; judge those signed elsewhere."""

from __future__ import annotations

from django.conf import settings

from hemicycle.accounts import queries as accounts
from hemicycle.chain.signing import queries as signing
from hemicycle.chain.signing.actions.record_signature import record_signature
from hemicycle.couriers import gestures, parapheur
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.trust import trust_roots
from hemicycle.couriers.world import World
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.signature.brought import proof_of, stamped
from hemicycle.gateways.signature.errors import Rejected, Unreachable


def sign(task: Task, world: World) -> Outcome:
    """Have the ordered bytes signed in the signatory's name, with those of the same gesture, then verified and kept.

    Signing twice after a crash harms nobody: nothing left the building, and one file only is kept.
    """
    if task.dossier is None:
        return DONE
    order = signing.signing_bytes(task.dossier)
    if not order.to_carry or order.brought or order.sha256 != task.facts["sha256"]:
        return DONE
    if parapheur.holds(order.key_name):
        return parapheur.leave(task.dossier, order, world)
    return gestures.carry(task.dossier, order.gesture_id, world)


def verify_brought(task: Task, world: World) -> Outcome:
    """Ask the authority of the certificate whether it stands, then judge and keep the file that the person brought.

    A signature made apart from the file (prepare_blob) is timestamped first.
    """
    if task.dossier is None:
        return DONE
    order = signing.signing_bytes(task.dossier)
    if not order.to_carry or not order.brought or order.sha256 != task.facts["sha256"]:
        return DONE
    try:
        roots = trust_roots()
        proof = proof_of(order.brought, at=world.clock(), known=roots)
        signed = stamped(order.brought, tsa_url=settings.TSA_URL) if order.apart else order.brought
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))
    record_signature(
        dossier_id=task.dossier,
        signed=signed,
        trust_roots=roots,
        ocsp_responses=proof.ocsp_responses,
        crls=proof.crls,
        agent=accounts.courier(),
        at=world.clock(),
    )
    return DONE
