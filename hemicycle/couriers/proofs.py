"""Prolong the proofs of the signed acts: fresh proofs of status and a document timestamp, in another file."""

from __future__ import annotations

from django.conf import settings

from hemicycle.accounts import queries as accounts
from hemicycle.chain.signing import proofs
from hemicycle.chain.signing.actions.note_proof import note_proof
from hemicycle.chain.signing.actions.record_prolonging import record_prolonging
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.trust import trust_roots
from hemicycle.couriers.world import World
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.signature.errors import Rejected, Unreachable
from hemicycle.gateways.signature.prolong import prolong

#: Acts signed before proofs were followed, read in one round.
ROUND = 100


def prolong_proof(task: Task, world: World) -> Outcome:
    """What was prolonged already, or is asked no more, is left as it is."""
    asked = proofs.to_prolong(task.dossier) if task.dossier else None
    if task.dossier is None or asked is None or asked[0] != task.facts["sha256"]:
        return DONE
    if not settings.TSA_URL:
        return GiveUp(why="Aucun service d’horodatage n’est réglé : HEMICYCLE_TSA_URL est vide.")
    sha256, former = asked
    try:
        prolonged = prolong(former, tsa_url=settings.TSA_URL, at=world.clock())
        roots = trust_roots()
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))
    record_prolonging(
        dossier_id=task.dossier,
        former_sha256=sha256,
        prolonged=prolonged,
        trust_roots=roots,
        agent=accounts.courier(),
        at=world.clock(),
    )
    return DONE


def follow(world: World) -> None:
    """Note the proofs of the acts signed before they were followed."""
    for dossier_id in proofs.unnoted(limit=ROUND):
        note_proof(dossier_id=dossier_id, agent=accounts.courier(), at=world.clock())
