"""What every action of this room asks first: the act received by the State, and someone of its direction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.distribution.rules import ACKNOWLEDGED
from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused, NotEntitled
from hemicycle.dossier.stages import Stage

#: Those who, in a direction, receive its acts back and send them out.
DIRECTION = (Role.DRAFTER, Role.HEAD_OF_SERVICE, Role.DIRECTOR)


class NotAcknowledged(ActionRefused):
    """The préfecture has not acknowledged the act yet."""


@dataclass(frozen=True, kw_only=True)
class AcknowledgedAct:
    """A signed act with the departure that the préfecture acknowledged."""

    act: Act
    departure: Departure
    #: The original, signed.
    signed: Attachment
    received_on: dt.date

    @property
    def cancelled(self) -> bool:
        """Whether that transmission was cancelled since."""
        return self.departure.state == Departure.State.CANCELLED

    @property
    def document(self) -> Attachment:
        """The copy to show: stamped when there is one, otherwise the signed original."""
        return self.departure.stamped or self.signed


def acknowledged_act(dossier: Dossier) -> AcknowledgedAct | None:
    """The act as acknowledged, or None while it is not."""
    return _received(dossier, Departure.State.ACKNOWLEDGED) if dossier.stage in ACKNOWLEDGED else None


def received_act(dossier: Dossier) -> AcknowledgedAct | None:
    """The act as the State last received it, even if that transmission was cancelled since; or None."""
    return _received(dossier, Departure.State.ACKNOWLEDGED, Departure.State.CANCELLED)


def _received(dossier: Dossier, *states: str) -> AcknowledgedAct | None:
    act = Act.objects.filter(dossier=dossier).select_related("signed", "signatory__agent").first()
    received = Departure.objects.filter(dossier=dossier, state__in=states)
    departure = (
        received.select_related("stamped", "acknowledgement", "message", "envelope", "sent_archive")
        .order_by("-attempt")
        .first()
    )
    if act is None or act.signed is None or departure is None or departure.received_on is None:
        return None
    return AcknowledgedAct(act=act, departure=departure, signed=act.signed, received_on=departure.received_on)


def require_acknowledged(dossier: Dossier, *, what: str) -> AcknowledgedAct:
    """The act as acknowledged. Raises NotAcknowledged, saying where the dossier stands."""
    found = acknowledged_act(dossier)
    if found is None:
        raise NotAcknowledged(
            f"{what} n’est pas possible : le dossier {dossier.number} est « {Stage(dossier.stage).label} » et la "
            "préfecture n’en a pas accusé réception ; attendez l’accusé de réception."
        )
    return found


def may_act_for(agent: Agent, dossier: Dossier, *, on: dt.date) -> bool:
    """Whether the agent is of the direction of the dossier, or of the service des assemblées."""
    mine = dossier.drafter_id == agent.pk and agent.is_active
    return (
        mine
        or accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on)
        or accounts.holds(agent, *DIRECTION, on=on, unit=dossier.unit)
    )


def require_direction(agent: Agent, dossier: Dossier, *, on: dt.date, what: str) -> str:
    """The role in which the agent belongs to the direction of the dossier. Raises NotEntitled."""
    if dossier.drafter_id == agent.pk and agent.is_active:
        return Role.DRAFTER
    for role in DIRECTION:
        if accounts.holds(agent, role, on=on, unit=dossier.unit):
            return role
    raise NotEntitled(
        f"{what} revient à la direction du dossier {dossier.number} ({dossier.unit.direction}) ; "
        f"{agent.full_name} n’en est pas."
    )
