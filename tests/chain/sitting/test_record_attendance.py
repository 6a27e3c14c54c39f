"""Who is present, excused or absent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.accounts.models import Seat
from hemicycle.chain.sitting.actions.record_attendance import NotAMember, record_attendance
from hemicycle.chain.sitting.locking import WrongSittingState
from hemicycle.chain.sitting.models import Attendance, Sitting, SittingState
from hemicycle.chain.sitting.room import room_of
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_sitting

pytestmark = pytest.mark.django_db


def called(cast: Cast, sitting: Sitting, statuses: dict[Any, str], **given: Any) -> None:
    by_id = {getattr(member, "pk", member): status for member, status in statuses.items()}
    record_attendance(sitting_id=sitting.id, statuses=by_id, **({"agent": cast.clerk, "at": NOON} | given))


def test_whoever_was_not_called_is_absent(cast: Cast) -> None:
    sitting = a_sitting(cast, convened=True)
    first, second, third, *rest = cast.members

    called(cast, sitting, {first: "present", second: "present", third: "excused"})

    room = room_of(sitting)
    assert (set(room.present), room.excused, set(room.absent)) == ({first, second}, (third,), set(rest))
    assert told.by(cast.clerk, "assembly_office", "sitting.attendance_recorded")
    assert told.last()["facts"] == {"sitting": str(sitting.id), "present": 2, "excused": 1, "absent": 8}


def test_arrivals_and_departures_are_dated_and_the_others_keep_their_place(cast: Cast) -> None:
    sitting = a_sitting(cast, open=True, present=cast.members[:6])
    late, early = cast.members[7], cast.members[5]
    later = NOON + dt.timedelta(hours=1)

    called(cast, sitting, {late: "present", early: "excused"}, at=later)

    assert Attendance.objects.get(member=late).arrived_at == later
    assert Attendance.objects.get(member=early).left_at == later
    assert set(room_of(sitting).present) == {*cast.members[:5], late}


def test_someone_without_mandate_is_refused_by_name(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast, convened=True)

    for person, name in ((cast.former_member, "Mme Marie Ancienne"), (987654, "Le membre n° 987654")):
        with pytest.raises(NotAMember, match=f"{name} n’a pas de mandat en cours"), nothing_written():
            called(cast, sitting, {cast.members[0]: "present", person: "present"})


def test_a_seat_given_up_before_the_sitting_counts_no_more(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast, convened=True)
    Seat.objects.filter(member=cast.members[6], body="CP").update(valid_to=TODAY)

    with pytest.raises(NotAMember, match="Mme Marie Escande"), nothing_written():
        called(cast, sitting, {cast.members[6]: "present"})


def test_an_unknown_status_is_no_status(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast, convened=True)

    with pytest.raises(ValueError, match="asleep"), nothing_written():
        called(cast, sitting, {cast.members[0]: "asleep"})


@pytest.mark.parametrize("state", [SittingState.PREPARING, SittingState.CLOSED])
def test_nobody_is_called_before_the_summons_or_after_the_closing(cast: Cast, state: str, nothing_written: Any) -> None:
    sitting = a_sitting(cast)
    Sitting.objects.filter(pk=sitting.pk).update(state=state)

    with pytest.raises(WrongSittingState, match="Relever les présences n’est pas possible"), nothing_written():
        called(cast, sitting, {cast.members[0]: "present"})


@pytest.mark.parametrize("who", ["drafter", "cabinet", "chief_executive", "outsider"])
def test_only_the_office_and_the_president_call(cast: Cast, who: str, nothing_written: Any) -> None:
    sitting = a_sitting(cast, convened=True)

    with pytest.raises(NotEntitled), nothing_written():
        called(cast, sitting, {cast.members[0]: "present"}, agent=getattr(cast, who))
