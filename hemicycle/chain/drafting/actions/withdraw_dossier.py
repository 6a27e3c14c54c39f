"""Withdraw a dossier before it is on an agenda."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.events import DossierWithdrawn
from hemicycle.dossier import access, companions, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move, Stage
from hemicycle.texts.typed import several_lines


class ReasonMissing(ActionRefused):
    message = "Dites pourquoi le dossier est retiré : le motif reste dans son journal."


class InItsCircuit(ActionRefused):
    """Visas under way bear on all the deliberations of the report: one does not leave meanwhile."""


@transaction.atomic
def withdraw_dossier(*, dossier_id: UUID, reason: str, agent: Agent, at: dt.datetime) -> Dossier:
    """Take the dossier out of the chain for good, with a reason; a lead goes with all the deliberations of its report.

    Its drafter, the service des assemblées, the DGS and the president may. Raises NotEntitled, ReasonMissing,
    InItsCircuit for one deliberation of several under visa, MoveNotAllowed once it is on an agenda.
    """
    dossier = _locked(dossier_id)
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

    gone = [dossier, *companions.move(dossier, Move.WITHDRAWN, at=at)]

    for one in gone:
        journal.record(one, DossierWithdrawn(reason=said), by=agent, at=at, role=role)
    return dossier


def _locked(dossier_id: UUID) -> Dossier:
    """The dossier, locked with its companions; a companion leaves alone only while it is written."""
    lead_id = Dossier.objects.values_list("lead", flat=True).get(id=dossier_id)
    if lead_id is None:
        return companions.lock(dossier_id)
    dossier = Dossier.objects.locked().get(id=dossier_id)
    if dossier.stage == Stage.IN_CIRCUIT and dossier.lead is not None:
        raise InItsCircuit(
            f"Les visas en cours portent sur toutes les délibérations du rapport de {dossier.lead.number} : demandez "
            f"d’abord une correction, puis retirez {dossier.number}."
        )
    return dossier
