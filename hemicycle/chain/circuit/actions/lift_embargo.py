"""The Cabinet lifts an embargo."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.actions.set_embargo import require_cabinet, write
from hemicycle.chain.circuit.events import EmbargoLifted
from hemicycle.dossier import companions, journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused


class NoEmbargo(ActionRefused):
    """There is no embargo to lift."""


@transaction.atomic
def lift_embargo(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Dossier:
    """Let again everyone read the dossier who may by their unit or role. Raises NotEntitled, NoEmbargo."""
    dossier = companions.lock(dossier_id)
    role = require_cabinet(dossier, agent, at=at)
    if not dossier.embargo:
        raise NoEmbargo(f"Le dossier {dossier.number} n’est pas sous embargo.")

    write(dossier, embargo=False)

    journal.record(dossier, EmbargoLifted(why=""), by=agent, at=at, role=role)
    return dossier
