"""What a sitting leaves behind it: rows laid as its actions lay them, without the journal."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable

from hemicycle.accounts import queries
from hemicycle.accounts.models import ElectedMember
from hemicycle.chain.sitting.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Sitting,
    SittingState,
    Summons,
    Vote,
    VoteValue,
)
from hemicycle.dossier import register
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Move
from tests.cast import NOON, Cast

_minutes = itertools.count(1)


def a_sitting(
    cast: Cast,
    *,
    body: str = "CP",
    starts_at: dt.datetime | None = None,
    convened: bool = False,
    open: bool = False,
    present: Iterable[ElectedMember] | None = None,
) -> Sitting:
    """A sitting in preparation, twenty days from NOON; `open=True` has everybody there unless `present` says who."""
    sitting = Sitting.objects.create(
        body=body,
        # Two sittings of a body never start together; all are on the same day, however many tests there were.
        starts_at=starts_at or NOON + dt.timedelta(days=20, hours=2, minutes=next(_minutes) % 480),
        place="Salle des délibérations, Ambrelle",
        planned_by=cast.clerk,
    )
    if convened or open:
        convene(sitting)
    if open:
        open_sitting(sitting, present=present)
    return sitting


def convene(sitting: Sitting) -> None:
    """Every member of the body receives a summons, twelve clear days before at least."""
    at = sitting.starts_at - dt.timedelta(days=16)
    for sitter in queries.members_in_office(sitting.body, on=sitting.starts_at.date()):
        electronic = sitter.member.electronic_since is not None
        Summons.objects.create(
            sitting=sitting,
            member=sitter.member,
            channel=Summons.Channel.ELECTRONIC if electronic else Summons.Channel.PAPER,
            available_at=at,
            sent_at=at,
            message_id=f"<{sitter.member.pk}@ormelle.example>" if electronic else "",
        )
    sitting.state, sitting.convened_at = SittingState.CONVENED, at
    sitting.save(update_fields=["state", "convened_at"])


def open_sitting(sitting: Sitting, *, present: Iterable[ElectedMember] | None = None) -> None:
    """Attendance taken, the first member of the tableau in the chair."""
    members = [s.member for s in queries.members_in_office(sitting.body, on=sitting.starts_at.date())]
    there = set(members if present is None else present)
    for member in members:
        status = Attendance.Status.PRESENT if member in there else Attendance.Status.EXCUSED
        Attendance.objects.create(sitting=sitting, member=member, status=status)
    sitting.state, sitting.opened_at = SittingState.OPEN, sitting.starts_at
    sitting.presided_by, sitting.secretary = members[0], members[-1]
    sitting.save(update_fields=["state", "opened_at", "presided_by", "secretary"])


def put_on_agenda(dossier: Dossier, sitting: Sitting, *, at: dt.datetime = NOON) -> AgendaItem:
    """At the end of the agenda, with the dossier's last version."""
    item = AgendaItem.objects.create(
        sitting=sitting,
        dossier=dossier,
        position=sitting.items.count() + 1,
        version=dossier.version,
        added_at=at,
    )
    dossier.move(Move.PUT_ON_AGENDA, at=at)
    return item


def adopt(dossier: Dossier, sitting: Sitting, *, at: dt.datetime = NOON) -> Ballot:
    """Everybody present votes for; the act takes its number. Convenes and opens the sitting when it was not."""
    if sitting.state == SittingState.PREPARING:
        convene(sitting)
    if sitting.state == SittingState.CONVENED:
        open_sitting(sitting)
    item = AgendaItem.objects.get(dossier=dossier, outcome=AgendaItem.Outcome.PENDING)
    there = [
        a.member
        for a in sitting.attendances.order_by("id").select_related("member__agent")
        if a.status == Attendance.Status.PRESENT
    ]
    ballot = Ballot.objects.create(
        item=item,
        in_office=len(queries.members_in_office(sitting.body, on=sitting.starts_at.date())),
        present=len(there),
        represented=0,
        quorum=6,
        for_count=len(there),
        against_count=0,
        abstention_count=0,
        no_part_count=0,
        adopted=True,
        sentence="Adopté à l’unanimité.",
        lines=[f"Pour : {len(there)}."],
        taken_at=sitting.starts_at,
        presence={"present": [str(m) for m in there], "proxies": [], "excused": [], "absent": []},
    )
    Vote.objects.bulk_create(Vote(ballot=ballot, member=m, value=VoteValue.FOR) for m in there)
    item.outcome = AgendaItem.Outcome.ADOPTED
    item.save(update_fields=["outcome"])
    register.number_act(dossier, on=sitting.starts_at.date(), at=at)
    dossier.move(Move.ADOPTED, at=at)
    return ballot
