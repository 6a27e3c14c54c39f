"""Record that the TdT holds the act, under which number."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.events import DepositRecorded
from hemicycle.chain.transmission.locking import WrongDepartureState, locked, require_state
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import journal
from hemicycle.dossier.stages import Move


@transaction.atomic
def record_deposit(*, dossier_id: UUID, tdt_id: str, reconciled: bool, agent: Agent, at: dt.datetime) -> Departure:
    """The deposit is made; `reconciled` when it was found at the TdT after an unknown outcome. Twice is once.

    Raises NotEntitled, WrongDepartureState.
    """
    dossier, departure, role = locked(dossier_id, agent, at=at, what="Enregistrer un dépôt")
    if departure.tdt_id:
        if departure.tdt_id == tdt_id:
            return departure
        raise WrongDepartureState(
            f"L’envoi {departure.unique_id} est déjà déposé sous le numéro {departure.tdt_id}, pas {tdt_id} ; "
            "vérifiez chez le tiers de télétransmission."
        )
    require_state(departure, Departure.State.SENDING, what="Enregistrer le dépôt")

    departure.state, departure.tdt_id, departure.deposited_at = Departure.State.DEPOSITED, tdt_id, at
    departure.save(update_fields=["state", "tdt_id", "deposited_at"])
    dossier.move(Move.DEPOSITED_AT_TDT, at=at)

    event = DepositRecorded(attempt=departure.attempt, tdt_id=tdt_id, reconciled=reconciled)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return departure
