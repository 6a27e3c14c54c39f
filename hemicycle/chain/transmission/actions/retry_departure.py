"""Let an act depart again, once the cause of the refusal is put right."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission.events import DepartsAgain
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.queries import departure_of
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import Move, Stage


@transaction.atomic
def retry_departure(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Departure | None:
    """The signed act goes back to the departure; a courier prepares the new attempt. Returns the refused one.

    Also after a cancellation; and for an act that never left, because our own control stopped it: None is then
    returned.

    Raises NotEntitled, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Transmettre de nouveau un acte")
    refused = departure_of(dossier)
    if refused is None and dossier.stage == Stage.SIGNED:
        journal.record(dossier, DepartsAgain(after_attempt=0), by=agent, at=at, role=role)
        return None
    if refused is None or refused.state not in (Departure.State.ANOMALY, Departure.State.CANCELLED):
        raise MoveNotAllowed(
            f"Le dossier {dossier.number} est « {Stage(dossier.stage).label} » : aucun envoi refusé n’est à refaire."
        )
    dossier.move(Move.DEPARTS_AGAIN, at=at)

    journal.record(dossier, DepartsAgain(after_attempt=refused.attempt), by=agent, at=at, role=role)
    return refused
