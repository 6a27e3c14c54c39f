"""Withdraw a dossier before it is on an agenda."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.events import DossierWithdrawn
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.texts.typed import several_lines


class ReasonMissing(ActionRefused):
    message = "Dites pourquoi le dossier est retiré : le motif reste dans son journal."


@transaction.atomic
def withdraw_dossier(*, dossier_id: UUID, reason: str, agent: Agent, at: dt.datetime) -> Dossier:
    """Take the dossier out of the chain for good, with a reason.

    Its drafter, the service des assemblées, the DGS and the president may. Raises NotEntitled, ReasonMissing,
    MoveNotAllowed once it is on an agenda.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role: str = Role.DRAFTER
    if dossier.drafter_id != agent.pk or not agent.is_active:
        role = access.require_role(
            agent,
            Role.ASSEMBLY_OFFICE,
            Role.CHIEF_EXECUTIVE,
            Role.PRESIDENT,
            on=day(at),
            what=f"Retirer le dossier {dossier.number}",
        )
    said = several_lines(reason, 500)
    if not said:
        raise ReasonMissing(field="reason")

    dossier.move(Move.WITHDRAWN, at=at)

    journal.record(dossier, DossierWithdrawn(reason=said), by=agent, at=at, role=role)
    return dossier
