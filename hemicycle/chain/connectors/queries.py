"""What the edges may read of the outside systems."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.connectors.alarms import failing_since, reached
from hemicycle.chain.connectors.models import Alarm, Check
from hemicycle.chain.connectors.settings_shown import Setting, address, is_set, settings_of, without_secrets
from hemicycle.chain.connectors.systems import BY_SLUG, SYSTEMS, About, System
from hemicycle.dossier import access
from hemicycle.dossier.models import Errand

__all__ = [
    "BY_SLUG",
    "SYSTEMS",
    "About",
    "Alarm",
    "Check",
    "Setting",
    "System",
    "address",
    "failing_since",
    "is_set",
    "settings_of",
    "without_secrets",
]

#: Exchanges of one page.
PAGE = 25
#: The round of each night begins at that hour (local), once the day's work is done and before the next one.
NIGHT = dt.time(3, 0)
#: A system that fails is tried again after that time, until it works.
AGAIN = dt.timedelta(minutes=50)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A system, as the list shows it."""

    system: System
    about: About
    #: Where it is; empty when it is not set.
    address: str
    last: Check | None
    under_way: bool
    alarms: int


def overview() -> list[Line]:
    """The systems in order, those not set too; three queries."""
    last = {check.system: check for check in _last()}
    under_way = set(Check.objects.filter(ended_at=None).values_list("system", flat=True))
    alarms = list(open_alarms().values_list("system", flat=True))
    return [
        Line(
            system=system,
            about=about,
            address=address(system),
            last=last.get(system) if is_set(system) else None,
            under_way=system in under_way,
            alarms=alarms.count(system),
        )
        for system, about in SYSTEMS.items()
    ]


def last_check(system: System) -> Check | None:
    """The last test ended."""
    found = Check.objects.filter(system=system, ended_at__isnull=False).select_related("asked_by")
    return found.order_by("-ended_at").first()


def under_way(system: System) -> Check | None:
    """The test asked and not yet ended."""
    return Check.objects.filter(system=system, ended_at=None).select_related("asked_by").first()


def is_under_way(check_id: int) -> bool:
    """Whether the test asked still waits for its result."""
    return Check.objects.filter(id=check_id, ended_at=None).exists()


def recent(system: System, *, limit: int = 8) -> list[Check]:
    """The last tests ended, latest first."""
    found = Check.objects.filter(system=system, ended_at__isnull=False).select_related("asked_by")
    return list(found.defer("certificates").order_by("-ended_at")[:limit])


def _last() -> QuerySet[Check]:
    ended = Check.objects.filter(ended_at__isnull=False)
    return Check.objects.filter(pk__in=ended.values("system").annotate(last=Max("pk")).values("last")).order_by("pk")


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A certificate in use, as the last test met it."""

    use: str
    subject: str
    issuer: str
    serial: str
    not_before: dt.datetime
    not_after: dt.datetime
    place: str
    #: The systems where it was met.
    systems: tuple[System, ...]
    #: Whole days before its end; negative once it is over.
    days_left: int
    #: The threshold reached (0, 7, 30, 60), None when the end is far.
    threshold: int | None

    @property
    def spent(self) -> float:
        """How much of its time is gone, from 0 to 1, seen `days_left` days before its end."""
        whole = max((self.not_after - self.not_before).days, 1)
        return min(max(1 - self.days_left / whole, 0.0), 1.0)


def certificates(*, at: dt.datetime, system: System | None = None) -> list[Certificate]:
    """Those met by the last test that met any, of each system that is set; the nearest end first, each once."""
    found: dict[str, tuple[dict[str, str], list[System]]] = {}
    with_some = Check.objects.filter(ended_at__isnull=False).exclude(certificates=[])
    last = with_some.values("system").annotate(last=Max("pk")).values("last")
    for check in Check.objects.filter(pk__in=last).order_by("pk"):
        of = System(check.system)
        if not is_set(of) or system not in (None, of):
            continue
        for each in check.certificates:
            where = found.setdefault(f"{each['use']} {each['fingerprint']}", (each, []))[1]
            if of not in where:
                where.append(of)
    read = [_certificate(each, tuple(where), at=at) for each, where in found.values()]
    return sorted(read, key=lambda one: (one.not_after, one.subject, one.use))


def _certificate(each: dict[str, str], systems: tuple[System, ...], *, at: dt.datetime) -> Certificate:
    ends = dt.datetime.fromisoformat(each["not_after"])
    return Certificate(
        use=each["use"],
        subject=each["subject"],
        issuer=each["issuer"],
        serial=each["serial"],
        not_before=dt.datetime.fromisoformat(each["not_before"]),
        not_after=ends,
        place=each["place"],
        systems=systems,
        days_left=(ends - at).days,
        threshold=reached(ends, at=at, use=each["use"]),
    )


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """An errand carried to a system, or on its way."""

    id: int
    carrier: str
    state: str
    #: Name of the dossier and its id, when the reader may open it.
    number: str
    dossier_id: UUID | None
    #: When what it follows from happened.
    at: dt.datetime
    done_at: dt.datetime | None
    attempts: int
    error: str

    @property
    def lasted(self) -> dt.timedelta | None:
        """From the event to the end of the errand."""
        return self.done_at - self.at if self.done_at else None


def exchanges(
    system: System, *, agent: Agent, on: dt.date, in_trouble: bool = False, before: int | None = None
) -> tuple[list[Exchange], int | None]:
    """A page of the last errands, latest first, and where the next one begins. Two queries.

    No total: counting errands costs more than reading a page of them.
    """
    found = Errand.objects.filter(carrier__in=SYSTEMS[system].carriers)
    if in_trouble:
        found = found.filter(Q(state=Errand.State.FAILED) | ~Q(last_error=""))
    if before is not None:
        found = found.filter(pk__lt=before)
    entries = found.select_related("entry").defer("entry__sealed").order_by("-pk")
    rows = list(entries[: PAGE + 1])
    ids = {row.entry.dossier_id for row in rows if row.entry.dossier_id}
    readable = access.visible_to(agent, on=on, one_by_one=True).filter(id__in=ids)
    numbers = dict(readable.values_list("id", "number")) if ids else {}
    shown = [_exchange(row, numbers) for row in rows[:PAGE]]
    return shown, rows[PAGE - 1].pk if len(rows) > PAGE else None


def _exchange(row: Errand, numbers: dict[UUID, str]) -> Exchange:
    dossier = row.entry.dossier_id
    readable = dossier is not None and dossier in numbers
    return Exchange(
        id=row.pk,
        carrier=row.carrier,
        state=row.state,
        number=numbers[dossier] if dossier is not None and readable else "",
        dossier_id=dossier if readable else None,
        at=row.entry.at,
        done_at=row.done_at,
        attempts=row.attempts,
        error=row.last_error,
    )


def open_alarms() -> QuerySet[Alarm]:
    """What the administrators are told and is not over, what fails first."""
    return Alarm.objects.filter(settled_at=None).order_by("-kind", "threshold", "pk")


def alarms_for(agent: Agent, *, on: dt.date) -> list[Alarm]:
    """Those that are for this agent to see to: an administrator's."""
    return list(open_alarms()) if accounts.holds(agent, Role.ADMINISTRATOR, on=on) else []


def alarm_to_tell(alarm_id: int) -> Alarm | None:
    """The alarm while it lasts."""
    return Alarm.objects.filter(id=alarm_id, settled_at=None).first()


def due(*, at: dt.datetime) -> list[System]:
    """What the couriers' round is to test now: once a night, and again while it fails."""
    local = timezone.localtime(at)
    night = local.replace(hour=NIGHT.hour, minute=NIGHT.minute, second=0, microsecond=0)
    night -= dt.timedelta(days=1 if local < night else 0)
    last = {check.system: check for check in _last().defer("findings", "certificates")}
    return [system for system in SYSTEMS if is_set(system) and _is_due(last.get(system), night=night, at=at)]


def _is_due(last: Check | None, *, night: dt.datetime, at: dt.datetime) -> bool:
    if last is None or last.ended_at is None or last.ended_at < night:
        return True
    return last.outcome == Check.Outcome.FAILED and last.ended_at < at - AGAIN
