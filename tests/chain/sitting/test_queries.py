"""Who sees which sitting, which report, which paper."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.sitting import queries
from hemicycle.chain.sitting.actions.convene import convene
from hemicycle.chain.sitting.models import AgendaItem, Sitting
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_circuit, a_dossier, a_sitting, put_on_agenda

pytestmark = pytest.mark.django_db

OFFICE = ["clerk", "chief_executive", "secretariat", "cabinet", "president", "auditor", "courier"]
OTHERS = ["drafter", "colleague", "director", "finance", "legal", "archivist", "administrator", "outsider"]


def sees(agent: Agent, sitting: Sitting) -> bool:
    return sitting in queries.visible_to(agent, on=TODAY)


def reads(agent: Agent, item: AgendaItem) -> bool:
    try:
        found = queries.item(item_id=item.id, agent=agent, on=TODAY)
    except AgendaItem.DoesNotExist:
        return False
    return queries.version_of(found).number == item.version


def test_a_sitting_being_prepared_is_seen_by_the_office_alone(cast: Cast) -> None:
    sitting = a_sitting(cast)

    assert [who for who in OFFICE + OTHERS if sees(getattr(cast, who), sitting)] == OFFICE
    assert not sees(cast.members[1].agent, sitting)


def test_once_convened_it_is_seen_by_those_summoned(cast: Cast) -> None:
    sitting = a_sitting(cast, convened=True)

    assert all(sees(member.agent, sitting) for member in cast.members)
    assert not sees(cast.former_member.agent, sitting)
    assert not sees(cast.outsider, sitting)


def test_a_drafter_sees_the_sitting_of_a_dossier_but_reads_no_one_else_s_report(cast: Cast) -> None:
    sitting = a_sitting(cast)
    mine = put_on_agenda(a_dossier(cast, ready=True), sitting)
    circuit = a_circuit(Role.CABINET)
    elsewhere = a_dossier(cast, ready=True, circuit=circuit, unit=cast.other_service, drafter=cast.neighbour)
    theirs = put_on_agenda(elsewhere, sitting)

    assert sees(cast.drafter, sitting)
    assert (reads(cast.drafter, mine), reads(cast.drafter, theirs)) == (True, False)
    assert (reads(cast.clerk, theirs), reads(cast.cabinet, theirs)) == (True, True)
    assert not reads(cast.outsider, mine)


def test_a_member_reads_every_report_of_a_sitting_convened_and_none_before(cast: Cast) -> None:
    before, after = a_sitting(cast), a_sitting(cast, convened=True)
    item, other = (put_on_agenda(a_dossier(cast, ready=True), sitting) for sitting in (before, after))

    assert not reads(cast.members[3].agent, item)
    assert reads(cast.members[3].agent, other)


def test_a_page_refused_does_not_exist(cast: Cast) -> None:
    sitting = a_sitting(cast)

    with pytest.raises(Sitting.DoesNotExist):
        queries.detail(sitting_id=sitting.id, agent=cast.outsider, on=TODAY)


def test_the_dossiers_ready_are_offered_to_those_who_compose_the_agenda(cast: Cast) -> None:
    sitting, dossier = a_sitting(cast, convened=True), a_dossier(cast, ready=True)
    a_dossier(cast, ready=True, body="CD")
    a_dossier(cast, on_agenda=True)

    def offered(agent: Agent) -> list[Any]:
        return queries.detail(sitting_id=sitting.id, agent=agent, on=TODAY).ready

    assert offered(cast.clerk) == [dossier]
    assert offered(cast.president) == [dossier]
    assert offered(cast.members[2].agent) == offered(cast.cabinet) == []


def test_the_page_says_what_the_law_says_of_convening_today(cast: Cast) -> None:
    preparing, convened = a_sitting(cast), a_sitting(cast, convened=True)

    notice = queries.detail(sitting_id=preparing.id, agent=cast.clerk, on=TODAY).notice
    assert notice is not None
    assert notice.verdict == "ok"
    assert queries.detail(sitting_id=convened.id, agent=cast.clerk, on=TODAY).notice is None


def test_the_papers_are_read_as_sent_by_those_who_see_the_sitting(cast: Cast) -> None:
    sitting = a_sitting(cast)
    put_on_agenda(a_dossier(cast, ready=True), sitting)
    convene(sitting_id=sitting.id, agent=cast.clerk, at=NOON)

    def paper(which: str, agent: Agent) -> bytes:
        return queries.paper(sitting_id=sitting.id, which=which, agent=agent, on=TODAY)

    assert paper("convocation", cast.members[5].agent).startswith(b"%PDF")
    assert paper("ordre-du-jour", cast.clerk) != paper("convocation", cast.clerk)
    for which, agent in (("convocation", cast.outsider), ("autre", cast.clerk)):
        with pytest.raises(Sitting.DoesNotExist):
            paper(which, agent)


def test_the_list_counts_the_items_that_are_still_there(cast: Cast) -> None:
    sitting = a_sitting(cast)
    put_on_agenda(a_dossier(cast, ready=True), sitting)
    removed = put_on_agenda(a_dossier(cast, ready=True), sitting)
    AgendaItem.objects.filter(pk=removed.pk).update(outcome=AgendaItem.Outcome.REMOVED)

    assert [s.item_count for s in queries.sittings(cast.clerk, on=TODAY)] == [1]
    assert len(queries.items_of(sitting)) == 1


def test_the_vote_of_a_dossier_is_found_by_name(cast: Cast) -> None:
    dossier = a_dossier(cast, adopted=True)

    ballot = queries.ballot_of(dossier)

    assert ballot is not None
    names = [v.member.agent.last_name for v in queries.votes_of(ballot)]
    assert len(names) == 11
    assert names == sorted(names)
    assert queries.ballot_of(a_dossier(cast)) is None


def test_a_member_finds_what_he_was_summoned_to(cast: Cast) -> None:
    sitting = a_sitting(cast, convened=True)

    assert [s.sitting for s in queries.summons_of(cast.members[1].agent, on=TODAY)] == [sitting]
    assert list(queries.summons_of(cast.clerk, on=TODAY)) == []
