"""Taking a dossier and its last attempt, checked, as every action of this room begins."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.queries import departure_of
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused


class WrongDepartureState(ActionRefused):
    """The attempt is not where this is done."""


def locked(dossier_id: UUID, agent: Agent, *, at: dt.datetime, what: str) -> tuple[Dossier, Departure, str]:
    """The dossier locked, its last attempt, and the courier's role. Raises NotEntitled, WrongDepartureState."""
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, on=day(at), what=what)
    departure = departure_of(dossier)
    if departure is None:
        raise WrongDepartureState(f"Aucun envoi à la préfecture n’est préparé pour le dossier {dossier.number}.")
    return dossier, departure, role


def require_state(departure: Departure, *states: str, what: str) -> None:
    """Raises WrongDepartureState, saying what was asked and where the attempt stands."""
    if departure.state not in states:
        raise WrongDepartureState(
            f"{what} n’est pas possible : l’envoi {departure.unique_id} est « {departure.get_state_display()} »."
        )
