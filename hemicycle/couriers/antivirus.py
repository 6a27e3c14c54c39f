"""Give the annexes to the antivirus, and bring back what it says."""

from __future__ import annotations

from uuid import UUID

from hemicycle.accounts import queries as accounts
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.actions.record_scan import record_scan
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.antivirus.client import Antivirus
from hemicycle.gateways.antivirus.errors import Rejected, Unreachable

#: Annexes looked at in one round of housekeeping.
AT_ONCE = 200


def scan_annex(task: Task, world: World) -> Outcome:
    """Each file that the event brought, once; where no antivirus is configured, nothing waits for it."""
    if task.dossier is None or world.antivirus is None:
        return DONE
    return _scan(task.dossier, task.facts["sha256"], world.antivirus, world)


def scan_the_older(world: World) -> None:
    """The annexes of drafts that joined before there was an antivirus: a few at each round."""
    if world.antivirus is None:
        return
    for dossier_id, sha256 in drafting.left_unscanned(limit=AT_ONCE):
        if isinstance(_scan(dossier_id, sha256, world.antivirus, world), Later):
            return


def _scan(dossier_id: UUID, sha256: str, antivirus: Antivirus, world: World) -> Outcome:
    for waiting in drafting.to_scan(dossier_id=dossier_id, sha256=sha256):
        try:
            verdicts = [antivirus.scan(data) for data in waiting.contents]
        except Unreachable as silence:
            return Later(why=str(silence))
        except Rejected as refusal:
            return GiveUp(why=f"{waiting.name} : {refusal}")
        record_scan(
            dossier_id=dossier_id,
            annex_id=waiting.annex_id,
            threat=next((verdict.threat for verdict in verdicts if not verdict.clean), ""),
            agent=accounts.courier(),
            at=world.clock(),
        )
    return DONE
