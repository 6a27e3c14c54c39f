"""Opening the sitting: the day, the chair, the quorum of each body."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.sitting.actions.open_sitting import NoQuorum, NotInTheRoom, NotTheDay, open_sitting
from hemicycle.chain.sitting.locking import WrongSittingState
from hemicycle.chain.sitting.models import Attendance, Proxy, Sitting, SittingState
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_sitting

pytestmark = pytest.mark.django_db


def in_the_room(cast: Cast, body: str, *, present: int, represented: int = 0) -> Sitting:
    """A sitting convened; the first members are there, the last ones are represented by them, one each."""
    sitting = a_sitting(cast, body=body, convened=True)
    here, away = cast.members[:present], cast.members[present:]
    for member in here:
        Attendance.objects.create(sitting=sitting, member=member, status="present")
    for giver, holder in zip(away[:represented], here, strict=False):
        Proxy.objects.create(sitting=sitting, giver=giver, holder=holder, recorded_at=NOON)
    return sitting


def opened(cast: Cast, sitting: Sitting, **given: Any) -> Sitting:
    fields: dict[str, Any] = {
        "president_id": cast.members[0].pk,
        "secretary_id": cast.members[2].pk,
        "agent": cast.clerk,
        "at": sitting.starts_at,
    }
    return open_sitting(sitting_id=sitting.id, **(fields | given))


def test_the_sitting_opens_under_its_president_with_a_secretary(cast: Cast) -> None:
    sitting = in_the_room(cast, "CD", present=7, represented=1)

    opened(cast, sitting)

    sitting.refresh_from_db()
    assert (sitting.state, sitting.opened_at) == (SittingState.OPEN, sitting.starts_at)
    assert (sitting.presided_by, sitting.secretary) == (cast.members[0], cast.members[2])
    assert told.by(cast.clerk, "assembly_office", "sitting.opened")
    facts = told.last()["facts"]
    assert (facts["president"], facts["secretary"]) == ("M. Jean Valmorin", "M. Jean Vernouil")
    assert (facts["present"], facts["represented"], facts["quorum"]) == (7, 1, 6)
    assert "L3121-14" in facts["article"]


@pytest.mark.parametrize(
    ("body", "present", "represented", "reached"),
    [
        ("CD", 6, 0, True),
        ("CD", 5, 5, False),
        ("CP", 3, 3, True),
        ("CP", 3, 2, False),
        ("CP", 5, 0, False),
    ],
)
def test_the_council_counts_those_present_the_committee_also_those_represented(
    cast: Cast, body: str, present: int, represented: int, reached: bool, nothing_written: Any
) -> None:
    sitting = in_the_room(cast, body, present=present, represented=represented)

    if reached:
        assert opened(cast, sitting).state == SittingState.OPEN
        return
    with pytest.raises(NoQuorum, match="Quorum non atteint"), nothing_written():
        opened(cast, sitting)


def test_without_quorum_the_day_of_the_meeting_of_right_is_told(cast: Cast) -> None:
    sitting = in_the_room(cast, "CD", present=5, represented=5)

    with pytest.raises(NoQuorum) as refusal:
        opened(cast, sitting)

    assert "5 membres présents pour 6 exigés" in str(refusal.value)
    assert "de plein droit le 17/12/2026" in str(refusal.value)
    assert sitting.starts_at.date() == dt.date(2026, 12, 14)


@pytest.mark.parametrize(("field", "what"), [("president_id", "préside"), ("secretary_id", "est secrétaire")])
def test_who_presides_and_who_writes_are_in_the_room(cast: Cast, field: str, what: str, nothing_written: Any) -> None:
    sitting = in_the_room(cast, "CD", present=6)

    for member in (cast.members[8], cast.former_member):
        with pytest.raises(NotInTheRoom, match=f"Qui {what} doit être présent"), nothing_written():
            opened(cast, sitting, **{field: member.pk})


def test_it_does_not_open_before_its_day(cast: Cast, nothing_written: Any) -> None:
    sitting = in_the_room(cast, "CD", present=11)

    with pytest.raises(NotTheDay), nothing_written():
        opened(cast, sitting, at=sitting.starts_at - dt.timedelta(days=1))


@pytest.mark.parametrize("state", [SittingState.PREPARING, SittingState.OPEN, SittingState.CLOSED])
def test_only_a_sitting_convened_opens(cast: Cast, state: str, nothing_written: Any) -> None:
    sitting = in_the_room(cast, "CD", present=11)
    Sitting.objects.filter(pk=sitting.pk).update(state=state)

    with pytest.raises(WrongSittingState, match="Ouvrir la séance n’est pas possible"), nothing_written():
        opened(cast, sitting)


@pytest.mark.parametrize("who", ["drafter", "cabinet", "chief_executive", "outsider"])
def test_only_the_office_and_the_president_open(cast: Cast, who: str, nothing_written: Any) -> None:
    sitting = in_the_room(cast, "CD", present=11)

    with pytest.raises(NotEntitled), nothing_written():
        opened(cast, sitting, agent=getattr(cast, who))
