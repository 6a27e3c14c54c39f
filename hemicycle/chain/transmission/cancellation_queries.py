"""What the edges may read of the cancellations of transmissions, and of the messages a person may apply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission.cancelling import DECIDERS, open_request
from hemicycle.chain.transmission.models import Cancellation, Departure, ParkedMessage
from hemicycle.chain.transmission.queries import departure_of, departures_by_dossier
from hemicycle.chain.transmission.rules import CANCELLATION_RECEIPT, RECEIPT
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier

__all__ = ["DECIDERS", "STATES"]

STATES = Cancellation.State


@dataclass(frozen=True, kw_only=True)
class CancellationView:
    """The transmission of an act, and what was asked about it."""

    dossier: Dossier
    departure: Departure
    #: The request that is neither put aside nor concluded.
    current: Cancellation | None
    #: The others, latest first.
    past: tuple[Cancellation, ...]
    may_ask: bool
    may_confirm: bool
    may_decline: bool
    may_send_again: bool


def cancellation_view(dossier_id: UUID, *, agent: Agent, on: dt.date) -> CancellationView:
    """Raises Dossier.DoesNotExist for what the agent may not read, or while nothing was transmitted."""
    dossier = access.visible_to(agent, on=on, one_by_one=True).select_related("unit").get(id=dossier_id)
    departure = departure_of(dossier)
    if departure is None or departure.acknowledged_at is None:
        raise Dossier.DoesNotExist
    asked = list(departure.cancellations.select_related("asked_by", "decided_by", "receipt").order_by("-id"))
    current = next((c for c in asked if c.state in Cancellation.OPEN), None)
    office = accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on)
    decides = accounts.holds(agent, *DECIDERS, on=on) and current is not None and current.state == STATES.ASKED
    return CancellationView(
        dossier=dossier,
        departure=departure,
        current=current,
        past=tuple(c for c in asked if c != current),
        may_ask=office and current is None and departure.state == Departure.State.ACKNOWLEDGED,
        may_confirm=decides and current is not None and current.asked_by_id != agent.pk,
        may_decline=decides,
        may_send_again=office and departure.state == Departure.State.CANCELLED,
    )


def pending_of(dossier: Dossier) -> Cancellation | None:
    """The open request about the last transmission of that dossier, or None."""
    departure = departure_of(dossier)
    return open_request(departure) if departure else None


def cancelled_on(dossier: Dossier) -> dt.date | None:
    """The day on which the State took note that the last transmission is cancelled, or None."""
    accepted = Cancellation.objects.filter(departure__dossier=dossier, state=STATES.ACCEPTED)
    return accepted.order_by("-id").values_list("received_on", flat=True).first()


def to_decide(agent: Agent, *, on: dt.date) -> QuerySet[Dossier]:
    """The dossiers of which someone else asks the cancellation, for those who may decide."""
    if not accounts.holds(agent, *DECIDERS, on=on):
        return Dossier.objects.none()
    asked = Cancellation.objects.filter(state=STATES.ASKED).exclude(asked_by=agent)
    return access.visible_to(agent, on=on).filter(id__in=asked.values("departure__dossier"))


@dataclass(frozen=True, kw_only=True)
class Cancelling:
    """A request as a courier carries it."""

    dossier_id: UUID
    state: str
    #: Transaction of the act at the TdT, then of the request itself when it is known.
    act: str
    tdt_id: str | None


def cancelling(cancellation_id: int) -> Cancelling:
    """Raises Cancellation.DoesNotExist."""
    found = Cancellation.objects.select_related("departure").get(id=cancellation_id)
    return Cancelling(
        dossier_id=found.departure.dossier_id,
        state=found.state,
        act=found.departure.tdt_id or "",
        tdt_id=found.tdt_id,
    )


def applicable(messages: Iterable[ParkedMessage]) -> set[int]:
    """Of the messages put aside, those that a person may apply to their act as it stands."""
    listed = [message for message in messages if message.dossier is not None and message.settled_at is None]
    last = departures_by_dossier([message.dossier for message in listed if message.dossier is not None])
    found = set()
    for message in listed:
        departure = last.get(message.dossier_id) if message.dossier_id else None
        state = departure.state if departure else ""
        late = message.kind == RECEIPT and state in (Departure.State.ANOMALY, Departure.State.SENDING)
        if late or (message.kind == CANCELLATION_RECEIPT and state == Departure.State.ACKNOWLEDGED):
            found.add(message.pk)
    return found
