"""Delegations of vote: one per holder, from someone away to someone present."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.accounts.models import Agent, ElectedMember
from hemicycle.chain.sitting.actions.record_attendance import NotAMember
from hemicycle.chain.sitting.actions.record_proxy import ProxyRefused, record_proxy
from hemicycle.chain.sitting.locking import WrongSittingState
from hemicycle.chain.sitting.models import Attendance, Proxy, Sitting, SittingState
from hemicycle.chain.sitting.room import room_of
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_sitting

pytestmark = pytest.mark.django_db


def entrusted(cast: Cast, sitting: Sitting, giver: ElectedMember, holder: ElectedMember, **given: Any) -> Proxy:
    return record_proxy(
        sitting_id=sitting.id,
        giver_id=giver.pk,
        holder_id=holder.pk,
        **({"agent": cast.clerk, "at": NOON} | given),
    )


def test_the_vote_of_the_giver_goes_to_the_holder(cast: Cast) -> None:
    sitting = a_sitting(cast, open=True, present=cast.members[:6])
    giver, holder = cast.members[7], cast.members[1]

    entrusted(cast, sitting, giver, holder)

    room = room_of(sitting)
    assert room.proxies == ((giver, holder),)
    assert room.holder_of(giver.pk) == holder
    assert len(room.voters) == 7
    assert told.by(cast.clerk, "assembly_office", "sitting.proxy_recorded")
    assert told.last()["facts"] == {
        "sitting": str(sitting.id),
        "giver": "Mme Marie Fersanges",
        "holder": "Mme Marie Corbenois",
    }


def test_before_the_call_anybody_may_hold_one(cast: Cast) -> None:
    sitting = a_sitting(cast, convened=True)

    assert entrusted(cast, sitting, cast.members[7], cast.members[8]).recorded_at == NOON


def test_a_proxy_whose_giver_arrives_or_whose_holder_leaves_gives_no_vote(cast: Cast) -> None:
    sitting = a_sitting(cast, open=True, present=cast.members[:6])
    entrusted(cast, sitting, cast.members[7], cast.members[1])
    entrusted(cast, sitting, cast.members[8], cast.members[2])

    sitting.attendances.filter(member=cast.members[7]).update(status=Attendance.Status.PRESENT)
    sitting.attendances.filter(member=cast.members[2]).update(status=Attendance.Status.EXCUSED)

    room = room_of(sitting)
    assert room.proxies == ()
    assert {v.id for v in room.voters} == {m.pk for m in (*cast.members[:2], *cast.members[3:6], cast.members[7])}


@pytest.mark.parametrize(
    ("giver", "holder", "sentence"),
    [
        (8, 1, "Mme Corbenois reçoit un seul pouvoir : celui de M. Guermantin est en trop"),
        (2, 3, "M. Vernouil est en séance : son pouvoir à Mme Brugevin est sans objet"),
        (9, 10, "Mme Joncheray n’est pas en séance et ne peut pas voter pour M. Harmelin"),
        (7, 2, "Mme Fersanges a donné plusieurs pouvoirs"),
        (9, 7, "Mme Fersanges, qui a donné pouvoir, ne peut pas voter pour M. Harmelin"),
        (9, 9, "M. Harmelin ne peut pas se donner pouvoir"),
    ],
    ids=["one per holder", "giver present", "holder absent", "given twice", "holder gave", "to oneself"],
)
def test_what_the_law_does_not_allow_is_refused_by_name(
    cast: Cast, giver: int, holder: int, sentence: str, nothing_written: Any
) -> None:
    sitting = a_sitting(cast, open=True, present=cast.members[:6])
    entrusted(cast, sitting, cast.members[7], cast.members[1])

    with pytest.raises(ProxyRefused, match=rf"{sentence}.* \(.*L3121-16.*\)$"), nothing_written():
        entrusted(cast, sitting, cast.members[giver], cast.members[holder])


def test_two_members_of_one_name_are_two_persons(cast: Cast) -> None:
    Agent.objects.filter(pk__in=[cast.members[8].agent_id, cast.members[9].agent_id]).update(
        first_name="Jean", last_name="Martin"
    )
    sitting = a_sitting(cast, open=True, present=cast.members[:9])

    entrusted(cast, sitting, cast.members[9], cast.members[8])

    names = {v.name for v in room_of(sitting).voters}
    assert {"M. Jean Martin (Canton 9)", "M. Jean Martin (Canton 10)"} <= names
    assert "M. Valmorin" in names


def test_someone_without_mandate_is_refused_by_name(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast, open=True, present=cast.members[:6])

    for giver, holder in ((cast.former_member, cast.members[1]), (cast.members[7], cast.former_member)):
        with pytest.raises(NotAMember, match="Mme Marie Ancienne n’a pas de mandat"), nothing_written():
            entrusted(cast, sitting, giver, holder)


@pytest.mark.parametrize("state", [SittingState.PREPARING, SittingState.CLOSED])
def test_there_is_no_proxy_before_the_summons_or_after_the_closing(
    cast: Cast, state: str, nothing_written: Any
) -> None:
    sitting = a_sitting(cast)
    Sitting.objects.filter(pk=sitting.pk).update(state=state)

    with pytest.raises(WrongSittingState), nothing_written():
        entrusted(cast, sitting, cast.members[7], cast.members[1])


@pytest.mark.parametrize("who", ["drafter", "cabinet", "chief_executive", "outsider"])
def test_only_the_office_and_the_president_record_it(cast: Cast, who: str, nothing_written: Any) -> None:
    sitting = a_sitting(cast, open=True, present=cast.members[:6])

    with pytest.raises(NotEntitled), nothing_written():
        entrusted(cast, sitting, cast.members[7], cast.members[1], agent=getattr(cast, who))
