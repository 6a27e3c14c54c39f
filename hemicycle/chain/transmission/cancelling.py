"""The cancellation of a transmission, as its actions share it: found, asked for, concluded."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission.cancellation_events import TransmissionCancelled
from hemicycle.chain.transmission.locking import WrongDepartureState, locked
from hemicycle.chain.transmission.models import Cancellation, Departure
from hemicycle.chain.transmission.queries import departure_of
from hemicycle.chain.transmission.rules import NotOurs, cancelled_on
from hemicycle.dossier import access, attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.protocols.actes import ActesError, read_attestation

STATES = Cancellation.State
#: Few: those who ask, and the DGS, who may only decide.
DECIDERS = (Role.ASSEMBLY_OFFICE, Role.CHIEF_EXECUTIVE)


class WrongCancellationState(ActionRefused):
    """The request is not where this is done, or there is none."""


class NothingSaid(ActionRefused):
    """A reason is missing."""


class NotThisReceipt(ActionRefused):
    """The message is no acknowledgement of a cancellation, or answers another act."""


def of_person(
    dossier_id: UUID, agent: Agent, *roles: str, at: dt.datetime, what: str
) -> tuple[Dossier, Departure, Cancellation, str]:
    """The dossier locked, its departure and its open request, for a person. Raises NotEntitled,
    WrongCancellationState."""
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, *roles, on=day(at), what=what)
    departure = departure_of(dossier)
    cancellation = open_request(departure) if departure else None
    if departure is None or cancellation is None:
        raise WrongCancellationState(
            f"Aucune annulation n’est demandée pour l’acte {dossier.act_number or dossier.number} ; rechargez la page."
        )
    return dossier, departure, cancellation, role


def of_courier(cancellation_id: int, agent: Agent, *, at: dt.datetime, what: str) -> tuple[Dossier, Cancellation, str]:
    """The dossier locked and that request, for a courier. Raises NotEntitled."""
    cancellation = Cancellation.objects.select_related("departure").get(id=cancellation_id)
    dossier, _, role = locked(cancellation.departure.dossier_id, agent, at=at, what=what)
    cancellation.refresh_from_db()
    return dossier, cancellation, role


def open_request(departure: Departure) -> Cancellation | None:
    """The request that is neither put aside nor concluded."""
    return departure.cancellations.filter(state__in=Cancellation.OPEN).order_by("-id").first()


def require_state(cancellation: Cancellation, *states: str, what: str) -> None:
    """Raises WrongCancellationState, saying what was asked and where the request stands."""
    if cancellation.state not in states:
        raise WrongCancellationState(
            f"{what} n’est pas possible : la demande d’annulation est « {cancellation.get_state_display()} » ; "
            "rechargez la page."
        )


def said(text: str, *, what: str, field: str) -> str:
    """The words given, on one line. Raises NothingSaid."""
    words = " ".join(text.split())[:500]
    if not words:
        raise NothingSaid(what, field=field)
    return words


def day_of(departure: Departure, data: bytes) -> dt.date:
    """The day that the 6-2 gives. Raises NotThisReceipt, WrongDepartureState before any acknowledgement."""
    try:
        received = cancelled_on(data, unique_id=departure.unique_id)
    except (ActesError, NotOurs) as reason:
        raise NotThisReceipt(str(reason)) from reason
    if departure.state not in (Departure.State.ACKNOWLEDGED, Departure.State.CANCELLED):
        raise WrongDepartureState(
            f"L’envoi {departure.unique_id} est « {departure.get_state_display()} » : une transmission dont la "
            "préfecture n’a pas accusé réception ne s’annule pas."
        )
    return received


def conclude(
    dossier: Dossier,
    departure: Departure,
    cancellation: Cancellation | None,
    data: bytes,
    *,
    agent: Agent,
    role: str,
    at: dt.datetime,
    reason: str = "",
) -> None:
    """Keep the 6-2 and take the act back to « transmission annulée »; its number and its files stay."""
    received = day_of(departure, data)
    told = read_attestation(data) is not None
    receipt = attachments.keep(
        dossier,
        data,
        kind=Attachment.Kind.PRODUCED,
        title="Attestation du TdT sur l’annulation" if told else "Accusé de réception de l’annulation",
        name=f"{departure.unique_id}-annulation.json" if told else f"{departure.unique_id}-6-2_0.xml",
        media_type="application/json" if told else "application/xml",
        by=agent,
        at=at,
        published=False,
    )
    made = cancellation or Cancellation(
        departure=departure, reason=reason, asked_by=agent, asked_at=at, decided_by=agent, decided_at=at
    )
    made.state, made.receipt, made.received_on, made.concluded_at = STATES.ACCEPTED, receipt, received, at
    made.save()
    departure.state = Departure.State.CANCELLED
    departure.save(update_fields=["state"])
    dossier.move(Move.TRANSMISSION_CANCELLED, at=at)

    event = TransmissionCancelled(
        unique_id=departure.unique_id, received_on=received.isoformat(), sha256=receipt.sha256, reason=reason
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
