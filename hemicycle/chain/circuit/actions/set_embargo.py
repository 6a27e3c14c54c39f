"""The Cabinet keeps a dossier from everyone outside its circuit until the members are convened."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit.events import EmbargoSet
from hemicycle.dossier import access, companions, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage

#: Once it is on an agenda, whoever prepares the sitting works on it.
STAGES = (Stage.DRAFTING, Stage.IN_CIRCUIT, Stage.TO_CORRECT, Stage.READY)


class AlreadyUnderEmbargo(ActionRefused):
    """The embargo is set already."""


@transaction.atomic
def set_embargo(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Dossier:
    """Let only its drafter, its circuit, the Cabinet, the service des assemblées, the DGS and the president read it.

    It ends by itself when the sitting is convened. Raises NotEntitled, AlreadyUnderEmbargo, MoveNotAllowed.
    """
    dossier = companions.lock(dossier_id)
    role = require_cabinet(dossier, agent, at=at)
    if dossier.stage not in STAGES:
        raise MoveNotAllowed(
            f"Le dossier {dossier.number} est « {Stage(dossier.stage).label} » : l’embargo se pose avant son "
            "inscription à l’ordre du jour."
        )
    if dossier.embargo:
        raise AlreadyUnderEmbargo(f"Le dossier {dossier.number} est déjà sous embargo.")

    write(dossier, embargo=True)

    journal.record(dossier, EmbargoSet(), by=agent, at=at, role=role)
    return dossier


def require_cabinet(dossier: Dossier, agent: Agent, *, at: dt.datetime) -> str:
    """The Cabinet, on a dossier that it may read. Raises NotEntitled."""
    role = access.require_role(agent, Role.CABINET, on=day(at), what="Poser ou lever l’embargo")
    if not access.may_read(agent, dossier, on=day(at)):
        raise NotEntitled
    return role


def write(dossier: Dossier, *, embargo: bool) -> None:
    """The flag of the dossier and of its companions."""
    for kept in (dossier, *companions.of(dossier)):
        kept.embargo = embargo
        kept.save(update_fields=["embargo"])
