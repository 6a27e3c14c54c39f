"""Record who is present, excused or absent."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, ElectedMember
from hemicycle.chain.sitting.events import AttendanceRecorded
from hemicycle.chain.sitting.locking import locked, require_registrar, require_state
from hemicycle.chain.sitting.models import Attendance, SittingState
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused


class NotAMember(ActionRefused):
    """Someone without a mandate in this body on that day."""


@transaction.atomic
def record_attendance(*, sitting_id: UUID, statuses: Mapping[int, str], agent: Agent, at: dt.datetime) -> None:
    """Set the status of the members given (by id); the others keep theirs.

    May be done before the opening and at any moment of the sitting: an arrival or a departure changes the room
    from the next vote on. Raises NotEntitled, WrongSittingState, NotAMember.
    """
    sitting = locked(sitting_id)
    role = require_registrar(agent, on=day(at), what="Relever les présences")
    require_state(sitting, SittingState.CONVENED, SittingState.OPEN, what="Relever les présences")
    in_office = {s.member.pk: s.member for s in accounts.members_in_office(sitting.body, on=day(sitting.starts_at))}
    for member_id, status in statuses.items():
        if member_id not in in_office:
            raise NotAMember(
                f"{named(member_id)} n’a pas de mandat en cours dans cette assemblée le jour de la séance ; "
                "ôtez ce nom de la liste."
            )
        if status not in Attendance.Status.values:
            raise ValueError(f"no such status: {status}")

    for member_id, status in statuses.items():
        _set(sitting.pk, member_id, status, at=at)

    counts = Counter(Attendance.objects.filter(sitting=sitting).values_list("status", flat=True))
    event = AttendanceRecorded(
        sitting=str(sitting.id),
        present=counts["present"],
        excused=counts["excused"],
        absent=len(in_office) - counts["present"] - counts["excused"],
    )
    journal.record(None, event, by=agent, at=at, role=role)


def named(member_id: int) -> str:
    """The person behind the number, whatever the mandate became."""
    member = ElectedMember.objects.filter(id=member_id).select_related("agent").first()
    return str(member) if member else f"Le membre n° {member_id}"


def _set(sitting_id: UUID, member_id: int, status: str, *, at: dt.datetime) -> None:
    row, _ = Attendance.objects.get_or_create(
        sitting_id=sitting_id, member_id=member_id, defaults={"status": Attendance.Status.ABSENT}
    )
    if row.status == status:
        return
    if status == Attendance.Status.PRESENT:
        row.arrived_at, row.left_at = at, None
    elif row.status == Attendance.Status.PRESENT:
        row.left_at = at
    row.status = status
    row.save()
