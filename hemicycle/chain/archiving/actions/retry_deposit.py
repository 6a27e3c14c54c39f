"""Let a refused deposit be made again, once its cause is put right."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.archiving.events import DepositAgain
from hemicycle.chain.archiving.locking import last_deposit
from hemicycle.chain.archiving.models import Deposit
from hemicycle.chain.publication.models import Notification
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import Move, Stage


@transaction.atomic
def retry_deposit(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Deposit:
    """The dossier goes back among the published, or the notified; a courier builds a new package.

    Returns the refused deposit. Raises NotEntitled, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.ARCHIVIST, Role.ASSEMBLY_OFFICE, on=day(at), what="Refaire un versement")
    refused = last_deposit(dossier)
    if refused is None or refused.state != Deposit.State.REFUSED:
        raise MoveNotAllowed(
            f"Le dossier {dossier.number} est « {Stage(dossier.stage).label} » : "
            "aucun versement refusé n’est à refaire."
        )
    notified = Notification.objects.filter(dossier=dossier).exists()
    dossier.move(Move.NOTIFIED_DEPOSIT_AGAIN if notified else Move.DEPOSIT_AGAIN, at=at)

    event = DepositAgain(after_attempt=refused.attempt, message_identifier=refused.message_identifier)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return refused
