"""Who speaks at the head of a document."""

from __future__ import annotations

from hemicycle.accounts import queries as accounts
from hemicycle.dossier.models import Dossier
from hemicycle.rendering.blocks import Letterhead


def of_dossier(dossier: Dossier) -> Letterhead:
    """The département, the direction and the service in charge."""
    direction = dossier.unit.direction
    return Letterhead(
        departement=accounts.authority().name,
        direction=direction.name,
        service="" if direction == dossier.unit else dossier.unit.name,
    )


def of_authority() -> Letterhead:
    """The département and its address."""
    authority = accounts.authority()
    return Letterhead(departement=authority.name, address=tuple(authority.address.splitlines()))
