"""What the edges may read of the transmissions to the préfecture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission import control, hours, outgoing
from hemicycle.chain.transmission.hours import Closed
from hemicycle.chain.transmission.models import Control, Departure, Maintenance, ParkedMessage, SendingHours
from hemicycle.chain.transmission.rules import answer_due
from hemicycle.dossier import access, blobs
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.protocols.actes import Acte

STATES = Departure.State
#: Nothing of these attempts is under way.
NOT_GONE = (STATES.PREPARED, STATES.SUPERSEDED, STATES.ANOMALY, STATES.CANCELLED)


def whole(departures: QuerySet[Departure]) -> QuerySet[Departure]:
    """With their dossiers and their files."""
    return departures.select_related(
        "dossier", "message", "envelope", "sent_archive", "acknowledgement", "stamped", "anomaly"
    )


def departure_of(dossier: Dossier) -> Departure | None:
    """The last attempt, or None before the first."""
    return whole(Departure.objects.filter(dossier=dossier)).order_by("-attempt").first()


def departures_by_dossier(dossiers: Iterable[Dossier]) -> dict[UUID, Departure]:
    """Dossier → its last attempt: one query for a list."""
    rows = Departure.objects.filter(dossier__in=list(dossiers)).order_by("attempt")
    return {departure.dossier_id: departure for departure in rows}


def departures_of(dossier: Dossier) -> list[Departure]:
    """Every attempt, first one first."""
    return list(whole(Departure.objects.filter(dossier=dossier)).order_by("attempt"))


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """The last attempt as a courier carries it."""

    attempt: int
    state: str
    #: The number given to @CTES, and the identifier of the act that follows from it.
    number: str
    unique_id: str
    #: Empty while nothing is known to have been deposited.
    tdt_id: str
    sent_archive: bool
    #: Transactions of the attempts before this one: found again at the TdT, they are not it.
    earlier: frozenset[str]


def outgoing_for(dossier_id: UUID) -> Outgoing:
    """Where the last attempt stands. Raises Departure.DoesNotExist before the first."""
    attempts = list(Departure.objects.filter(dossier_id=dossier_id).order_by("attempt"))
    if not attempts:
        raise Departure.DoesNotExist
    last = attempts[-1]
    return Outgoing(
        attempt=last.attempt,
        state=last.state,
        number=last.actes_number,
        unique_id=last.unique_id,
        tdt_id=last.tdt_id,
        sent_archive=last.sent_archive_id is not None,
        earlier=frozenset(d.tdt_id for d in attempts[:-1] if d.tdt_id),
    )


def acte_to_send(dossier_id: UUID) -> Acte:
    """The act and its annexes as the TdT must receive them. Raises Act.DoesNotExist, ActesError, BlobLost."""
    act = Act.objects.select_related("dossier", "signed").get(dossier_id=dossier_id)
    return outgoing.acte_of(
        act.dossier,
        act,
        number=outgoing_for(dossier_id).number,
        classification=outgoing.classification_in_force(),
    )


def classification_known() -> bool:
    """Whether a nomenclature was ever received from the préfecture."""
    return bool(accounts.authority().classification)


def closed_at(at: dt.datetime) -> Closed | None:
    """Why nothing leaves at that moment and until when, or None."""
    spans = {h.weekday: (h.opens, h.closes) for h in SendingHours.objects.order_by("weekday")}
    stops = [
        (m.starts_at, m.ends_at, m.reason)
        for m in Maintenance.objects.filter(lifted_at=None, ends_at__gt=at).order_by("starts_at")
    ]
    return hours.closed(at, spans=spans, stops=stops)


def sending_hours() -> dict[int, tuple[dt.time, dt.time]]:
    """Weekday (1 Monday … 7) → from, to; empty: at any hour."""
    return {h.weekday: (h.opens, h.closes) for h in SendingHours.objects.order_by("weekday")}


def maintenances(*, at: dt.datetime) -> list[Maintenance]:
    """Those announced that are not over, soonest first."""
    coming = Maintenance.objects.filter(lifted_at=None, ends_at__gt=at).select_related("announced_by")
    return list(coming.order_by("starts_at"))


def is_late(departure: Departure, *, on: dt.date) -> bool:
    """Deposited, and without an answer for more than one full working day."""
    if departure.state != STATES.DEPOSITED or departure.deposited_at is None:
        return False
    return on >= answer_due(day(departure.deposited_at))


def missing_answers(*, on: dt.date) -> list[Departure]:
    """Deposits that the préfecture has left unanswered for more than a working day, oldest first."""
    waiting = whole(Departure.objects.filter(state=STATES.DEPOSITED)).order_by("deposited_at")
    return [departure for departure in waiting if is_late(departure, on=on)]


def would_be_refused(agent: Agent, *, on: dt.date) -> QuerySet[Dossier]:
    """The acts that wait and that the préfecture would refuse, for the service des assemblées."""
    found = access.visible_to(agent, on=on).filter(control__blocking__gt=0, stage__in=control.WAITING)
    return found.exclude(stage__in=[Stage.REFUSED_BY_PREFECTURE, Stage.TRANSMISSION_CANCELLED])


#: Where an act that the préfecture would refuse can still be put right.
WAITING = control.WAITING


def refusable_among(dossier_ids: Iterable[UUID]) -> list[Control]:
    """What is kept of the dossiers given that would be refused, by number: one query."""
    found = Control.objects.filter(dossier__in=list(dossier_ids), blocking__gt=0, dossier__stage__in=control.WAITING)
    return list(found.select_related("dossier").order_by("dossier__act_number"))


def waiting_to_leave() -> list[UUID]:
    """The acts adopted that have not left: those that a change of the nomenclature concerns."""
    return list(Dossier.objects.filter(stage__in=control.WAITING).order_by("id").values_list("id", flat=True))


def is_waiting(dossier_id: UUID) -> bool:
    return Dossier.objects.filter(id=dossier_id, stage__in=control.WAITING).exists()


def never_left(agent: Agent, *, on: dt.date) -> list[Dossier]:
    """The signed acts of which no attempt was ever prepared: our own control, or a silence, stopped them."""
    found = access.visible_to(agent, on=on).filter(stage=Stage.SIGNED, departures=None)
    return list(found.defer("report", "deliberation", "extra").order_by("stage_since", "act_number"))


def silences(*, on: dt.date) -> list[UUID]:
    """The dossiers whose deposit is unanswered for more than a working day, and of which nobody was told yet."""
    return [d.dossier_id for d in missing_answers(on=on) if d.silence_told_at is None]


def unanswered(agent: Agent, *, on: dt.date) -> QuerySet[Dossier]:
    """Of those that the agent reads, the deposits whose silence was told and lasts."""
    told = Departure.objects.filter(state=STATES.DEPOSITED, silence_told_at__isnull=False)
    return access.visible_to(agent, on=on).filter(id__in=told.values("dossier"))


def parked(*, settled: bool = False) -> QuerySet[ParkedMessage]:
    """The messages put aside that wait for a person, oldest first; or those already judged, latest first."""
    found = ParkedMessage.objects.select_related("dossier", "settled_by")
    if settled:
        return found.exclude(settled_at=None).order_by("-settled_at")
    return found.filter(settled_at=None).order_by("received_at", "pk")


def parked_bytes(message_id: int) -> tuple[str, bytes]:
    """Name and bytes of a message put aside. Raises ParkedMessage.DoesNotExist, BlobLost."""
    message = ParkedMessage.objects.get(id=message_id)
    data = blobs.get(message.sha256)
    suffix = "tar.gz" if data.startswith(b"\x1f\x8b") else "xml"
    return f"message-{message.received_at:%Y%m%d}-{message.sha256[:8]}.{suffix}", data
