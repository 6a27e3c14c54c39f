"""What the edges may read of the registers: the lines of a year, in order, those cancelled with their reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.publication.models import Notification, Publication
from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import access, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import REGISTERS
from hemicycle.dossier.models import Dossier, Register, RegisterLine
from hemicycle.dossier.stages import MOVES, Move, Stage

#: Those who may print a register whole: the office that keeps it, those who answer for it, who keeps it for ever.
PRINTERS = (
    Role.ASSEMBLY_OFFICE,
    Role.PRESIDENT,
    Role.CHIEF_EXECUTIVE,
    Role.SECRETARIAT,
    Role.ARCHIVIST,
    Role.AUDITOR,
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One number of a register."""

    number: str
    decided_on: dt.date
    #: Empty when the reader may not know it: neither their dossier nor published.
    object: str
    #: The dossier, when the reader may open it.
    dossier_id: UUID | None
    #: Where it stands: « à signer », « publié »; empty for what one may not read.
    stage: str
    signed_on: dt.date | None
    received_on: dt.date | None
    published_on: dt.date | None
    notified_on: dt.date | None
    cancelled_reason: str
    cancelled_on: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Year:
    """A register and a year of it."""

    key: str
    label: str
    year: int
    #: The last number given; as many lines as numbers.
    last: int


def years(*, on: dt.date) -> list[Year]:
    """The registers of acts that have numbers, in the order of the kinds, latest year first."""
    names = register.patterns(on=on)
    kept = Register.objects.filter(name__in=REGISTERS, last__gt=0)
    rows = [Year(key=r.name, label=names[r.name].label, year=r.year, last=r.last) for r in kept]
    return sorted(rows, key=lambda row: ([*REGISTERS].index(row.key), -row.year))


def lines(key: str, year: int, *, agent: Agent, on: dt.date) -> list[Line]:
    """Every number of the register that year, in order, as that agent may read it."""
    rows = _rows(key, year)
    readable = set(
        access.visible_to(agent, on=on).filter(id__in=[row.dossier_id for row in rows]).values_list("id", flat=True)
    )
    return _lines(rows, readable)


def whole(key: str, year: int) -> list[Line]:
    """The same with everything in it, for whoever may print it."""
    rows = _rows(key, year)
    return _lines(rows, {row.dossier_id for row in rows})


def line_of(dossier: Dossier) -> Line:
    """The line of one act. Raises RegisterLine.DoesNotExist before it is numbered."""
    row = RegisterLine.objects.select_related("dossier").filter(dossier=dossier).latest("given_at")
    return _lines([row], {dossier.id})[0]


def _rows(key: str, year: int) -> list[RegisterLine]:
    found = RegisterLine.objects.filter(register__name=key, register__year=year)
    heavy = ("dossier__report", "dossier__deliberation")
    return list(found.select_related("dossier").defer(*heavy).order_by("number"))


def _lines(rows: list[RegisterLine], readable: set[UUID]) -> list[Line]:
    ids = [row.dossier_id for row in rows]
    signed = _days(Act.objects.filter(dossier__in=ids, signed_at__isnull=False).values_list("dossier", "signed_at"))
    online = _days(Publication.objects.filter(dossier__in=ids).values_list("dossier", "put_online_at"))
    notified = dict(Notification.objects.filter(dossier__in=ids).values_list("dossier", "notified_on"))
    # A transmission cancelled leaves the act as if it had never been sent.
    standing = Departure.objects.filter(dossier__in=ids, state=Departure.State.ACKNOWLEDGED, received_on__isnull=False)
    received = dict(standing.values_list("dossier", "received_on"))
    return [
        Line(
            number=row.act_number,
            decided_on=row.decided_on,
            object=row.dossier.object if row.dossier_id in readable or row.dossier_id in online else "",
            dossier_id=row.dossier_id if row.dossier_id in readable else None,
            stage=row.dossier.get_stage_display() if row.dossier_id in readable else "",
            signed_on=signed.get(row.dossier_id),
            received_on=received.get(row.dossier_id),
            published_on=online.get(row.dossier_id),
            notified_on=notified.get(row.dossier_id),
            cancelled_reason=row.cancelled_reason,
            cancelled_on=day(row.cancelled_at) if row.cancelled_at else None,
        )
        for row in rows
    ]


def _days(pairs: Iterable[tuple[UUID, dt.datetime | None]]) -> dict[UUID, dt.date]:
    return {dossier: day(at) for dossier, at in pairs if at is not None}


def may_print(agent: Agent, *, on: dt.date) -> bool:
    return accounts.holds(agent, *PRINTERS, on=on)


def may_cancel(dossier: Dossier, agent: Agent, *, on: dt.date) -> bool:
    """Whether the page offers to cancel the number: the action judges again."""
    at_stage = dossier.stage in MOVES[Move.NUMBER_CANCELLED].sources
    return at_stage and bool(dossier.act_number) and accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on)


#: Signed, and its number not cancelled: cancelling withdraws.
CERTIFIABLE = (
    Stage.SIGNED,
    Stage.TRANSMITTED,
    Stage.REFUSED_BY_PREFECTURE,
    Stage.TRANSMISSION_CANCELLED,
    Stage.ACKNOWLEDGED,
    Stage.PUBLISHED,
    Stage.NOTIFIED,
    Stage.DEPOSITED,
    Stage.REFUSED_BY_ARCHIVE,
    Stage.ARCHIVED,
)


def may_certify(dossier: Dossier, agent: Agent, *, on: dt.date) -> bool:
    """Whether an extract may be asked for: the act is signed, and the reader keeps the register."""
    return dossier.stage in CERTIFIABLE and accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on)
