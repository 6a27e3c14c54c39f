"""Carry a copy to the organisation's key, and bring it back sealed."""

from __future__ import annotations

from django.conf import settings

from hemicycle.accounts import queries as accounts
from hemicycle.chain.transmission.actions.seal_copy import seal_copy as action
from hemicycle.chain.transmission.sealing import copy_to_seal
from hemicycle.couriers.keys import NO_CODE
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.trust import trust_roots
from hemicycle.couriers.world import World
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.signature.errors import Rejected, Unreachable

REASON = "Copie certifiée par cachet"


def seal_copy(task: Task, world: World) -> Outcome:
    """Without an organisation's key, copies go as they are."""
    if task.dossier is None or not settings.SEAL_KEY:
        return DONE
    copy = copy_to_seal(Dossier.objects.get(id=task.dossier), task.facts["sha256"])
    if copy is None:
        return DONE
    authority = accounts.authority()
    try:
        sealed = world.signer(settings.SEAL_KEY, NO_CODE).sign(
            attachments.read(copy), at=world.clock(), reason=REASON, location=authority.city
        )
        roots = trust_roots()
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=f"Le cachet n’a pas pu être apposé. {refusal}")
    action(
        dossier_id=task.dossier,
        copy_sha256=copy.sha256,
        sealed=sealed,
        trust_roots=roots,
        agent=accounts.courier(),
        at=world.clock(),
    )
    return DONE
