"""The page of the transmissions: the last attempt of each dossier, and what goes and comes back on one day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Value, When
from django.utils import timezone

from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.events import SignatureRecorded
from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.hours import Closed
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.queries import STATES, closed_at, is_late, whole
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier, Errand
from hemicycle.dossier.stages import Stage

#: Under way: no answer yet.
GOING = (STATES.PREPARED, STATES.SENDING, STATES.DEPOSITED)


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """One line of the page of the transmissions."""

    departure: Departure
    dossier: Dossier
    #: The préfecture has been silent for more than a working day.
    late: bool
    #: Errands of this dossier that failed: (id, sentence), to be taken up again.
    troubles: tuple[tuple[int, str], ...]
    #: Sent, perhaps: the TdT gave no answer, and is asked before anything is sent again.
    uncertain: bool = False
    #: Until when it waits for the hours of sending or for the end of a maintenance; None when nothing holds it.
    closed: Closed | None = None


def last_attempts(agent: Agent, *, on: dt.date, state: str = "") -> QuerySet[Departure]:
    """The last attempt of each dossier that the agent may read: refused first, then under way, then latest first."""
    later = Departure.objects.filter(dossier=OuterRef("dossier"), attempt__gt=OuterRef("attempt"))
    readable = access.visible_to(agent, on=on, one_by_one=True).filter(pk=OuterRef("dossier"))
    found = Departure.objects.filter(~Exists(later), Exists(readable))
    if state:
        found = found.filter(state=state)
    # Not the texts of the dossiers: they weigh a hundred times the rest.
    found = whole(found).defer("dossier__report", "dossier__deliberation", "dossier__extra")
    place = Case(When(state=STATES.ANOMALY, then=Value(0)), When(state__in=GOING, then=Value(1)), default=Value(2))
    return found.order_by(place, "-prepared_at", "-pk")


def tracked(departures: Iterable[Departure], *, on: dt.date, at: dt.datetime | None = None) -> list[Tracked]:
    """Those attempts as the page shows them."""
    rows = list(departures)
    troubles = _troubles([d.dossier_id for d in rows])
    doubtful = _doubtful(d for d in rows if d.state == STATES.SENDING)
    closed = closed_at(at) if at is not None else None
    return [
        Tracked(
            departure=d,
            dossier=d.dossier,
            late=is_late(d, on=on),
            troubles=tuple(troubles.get(d.dossier_id, ())),
            uncertain=d.dossier_id in doubtful,
            closed=closed if d.state == STATES.PREPARED else None,
        )
        for d in rows
    ]


def states_of(agent: Agent, *, on: dt.date) -> Counter[str]:
    """How many last attempts are in each state."""
    counted = last_attempts(agent, on=on).order_by().values("state").annotate(how_many=Count("*"))
    return Counter(dict(counted.values_list("state", "how_many")))


def late_among(agent: Agent, *, on: dt.date) -> int:
    """How many deposits the préfecture has left unanswered for more than a working day."""
    waiting = last_attempts(agent, on=on, state=STATES.DEPOSITED)
    return sum(is_late(departure, on=on) for departure in waiting)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """What goes to the préfecture and what comes back from it, on one day."""

    #: Acts whose signature is ordered and not recorded.
    signing: int
    #: Acts that wait for a signature to be ordered.
    to_sign: int
    #: Signed, and no answer yet.
    going: int
    acknowledged: int

    @property
    def all(self) -> int:
        """The acts on their way or arrived; those that nobody ordered to be signed are not."""
        return self.signing + self.going + self.acknowledged


def flow(agent: Agent, *, on: dt.date) -> Flow:
    """The flow of that day, of the acts that the agent may read."""
    readable = access.visible_to(agent, on=on)
    acts = Act.objects.filter(dossier__in=readable, dossier__stage=Stage.TO_SIGN)
    states = Counter(acts.values_list("state", flat=True))
    signed = readable.filter(stage=Stage.SIGNED, departures=None)
    # Signed, its departure not prepared yet: on its way as long as a courier is to carry it.
    errands = Errand.objects.filter(entry__event=SignatureRecorded.name, entry__dossier__in=signed)
    leaving = errands.filter(state=Errand.State.WAITING, carrier__in=["", "prepare_departure"])
    morning = timezone.make_aware(dt.datetime.combine(on, dt.time()))
    of_the_day = last_attempts(agent, on=on).filter(
        prepared_at__gte=morning, prepared_at__lt=morning + dt.timedelta(days=1)
    )
    today = Counter(of_the_day.order_by().values_list("state", flat=True))
    return Flow(
        signing=states[Act.State.ORDERED],
        to_sign=states[Act.State.TO_SIGN],
        going=leaving.values("entry__dossier").distinct().count() + sum(today[state] for state in GOING),
        acknowledged=today[STATES.ACKNOWLEDGED],
    )


def _doubtful(sending: Iterable[Departure]) -> set[UUID]:
    """The sendings begun that nobody is carrying at this moment, or whose carrier met with silence."""
    ids = [d.dossier_id for d in sending]
    if not ids:
        return set()
    carried = Errand.objects.filter(carrier="deposit_act", entry__dossier__in=ids, last_error="")
    held = carried.filter(state=Errand.State.WAITING).exclude(leased_until=None)
    return {pk for pk in ids if pk not in set(held.values_list("entry__dossier", flat=True))}


def _troubles(dossiers: list[UUID]) -> dict[UUID, list[tuple[int, str]]]:
    errands = Errand.objects.filter(
        state=Errand.State.FAILED, entry__dossier__in=dossiers, entry__event__startswith="transmission."
    ) | Errand.objects.filter(
        state=Errand.State.FAILED, entry__dossier__in=dossiers, entry__event=SignatureRecorded.name
    )
    found: dict[UUID, list[tuple[int, str]]] = {}
    for errand in errands.select_related("entry").order_by("id"):
        if errand.entry.dossier_id is not None:
            found.setdefault(errand.entry.dossier_id, []).append((errand.pk, errand.last_error))
    return found
