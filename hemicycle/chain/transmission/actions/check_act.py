"""Check an act that waits, and write down what the préfecture would refuse."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission import control, preflight
from hemicycle.chain.transmission.control import findings_of
from hemicycle.chain.transmission.events import ControlFailed, ControlPassed
from hemicycle.chain.transmission.models import Control
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import Stage


@transaction.atomic
def check_act(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Control:
    """Judge it as it stands now; the journal tells only what changes: a fault found, or all of them put right.

    Raises NotEntitled, MoveNotAllowed when nothing waits to leave.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, Role.ASSEMBLY_OFFICE, on=day(at), what="Contrôler un acte")
    if dossier.stage not in control.WAITING:
        raise MoveNotAllowed(
            f"Le dossier {dossier.number} est « {Stage(dossier.stage).label} » : rien n’est à contrôler avant un envoi."
        )
    before = Control.objects.filter(dossier=dossier).first()
    judged = control.judge(dossier, on=day(at))
    if before is not None and before.inputs == judged.inputs:
        return before

    kept = control.keep(dossier, judged, at=at)

    stopping = preflight.blocking(judged.findings)
    was = preflight.blocking(findings_of(before)) if before else []
    if stopping and stopping != was:
        event = ControlFailed(codes=[f.code for f in stopping], detail=preflight.said(stopping)[:2000])
        journal.record(dossier, event, by=agent, at=at, role=role)
    elif was and not stopping:
        journal.record(dossier, ControlPassed(), by=agent, at=at, role=role)
    return kept
