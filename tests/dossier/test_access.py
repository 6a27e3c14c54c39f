"""Who may read, who may act (reliability.md §6)."""

from __future__ import annotations

import pytest

from hemicycle.accounts.models import Agent
from hemicycle.dossier import access
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_delegation, a_dossier, entitle

pytestmark = pytest.mark.django_db

EVERY_DOSSIER = ["clerk", "chief_executive", "secretariat", "president", "auditor", "courier"]
THEIR_UNIT = ["drafter", "colleague", "head_of_service", "director", "deputy_chief"]
NONE_YET = ["neighbour", "finance", "legal", "cabinet", "archivist", "administrator", "outsider"]


@pytest.mark.parametrize("who", EVERY_DOSSIER + THEIR_UNIT)
def test_those_concerned_read_a_dossier_being_drafted(cast: Cast, who: str) -> None:
    dossier = a_dossier(cast)

    assert access.may_read(getattr(cast, who), dossier, on=TODAY)


@pytest.mark.parametrize("who", NONE_YET)
def test_the_others_do_not_see_it(cast: Cast, who: str) -> None:
    a_dossier(cast)

    assert list(access.visible_to(getattr(cast, who), on=TODAY)) == []


def test_no_role_of_the_cast_is_forgotten_above() -> None:
    agents = {name for name, kind in Cast.__annotations__.items() if kind == "Agent"}

    assert agents == {*EVERY_DOSSIER, *THEIR_UNIT, *NONE_YET}


def test_a_director_does_not_read_the_direction_next_door(cast: Cast) -> None:
    dossier = a_dossier(cast, unit=cast.other_service, drafter=cast.neighbour)

    assert not access.may_read(cast.director, dossier, on=TODAY)
    assert access.may_read(cast.deputy_chief, dossier, on=TODAY)


def test_whoever_the_circuit_brought_in_reads_from_then_on(cast: Cast) -> None:
    dossier = a_dossier(cast)

    entitle(dossier, cast.finance, "finance")

    assert access.may_read(cast.finance, dossier, on=TODAY)
    assert not access.may_read(cast.legal, dossier, on=TODAY)


def test_the_holder_of_a_delegation_reads_what_the_absent_person_reads_by_the_circuit(cast: Cast) -> None:
    dossier = a_dossier(cast)
    entitle(dossier, cast.finance, "finance")

    a_delegation(cast.finance, cast.outsider)

    assert access.may_read(cast.outsider, dossier, on=TODAY)


def test_a_delegation_of_signature_does_not_open_the_circuit(cast: Cast) -> None:
    dossier = a_dossier(cast)
    entitle(dossier, cast.finance, "finance")

    a_delegation(cast.finance, cast.outsider, scope="signature")

    assert not access.may_read(cast.outsider, dossier, on=TODAY)


def test_an_account_closed_reads_nothing(cast: Cast) -> None:
    dossier = a_dossier(cast)
    Agent.objects.filter(id=cast.drafter.id).update(is_active=False)

    assert not access.may_read(Agent.objects.get(id=cast.drafter.id), dossier, on=TODAY)


def test_the_archivist_reads_an_act_once_received_and_takes_no_part_in_it(cast: Cast) -> None:
    signed, received = a_dossier(cast, signed=True), a_dossier(cast, acknowledged=True)

    assert list(access.visible_to(cast.archivist, on=TODAY)) == [received]
    assert not access.may_read(cast.archivist, signed, on=TODAY)
    assert not access.may_comment(cast.archivist, received, on=TODAY)


def test_the_auditor_looks_on(cast: Cast) -> None:
    dossier = a_dossier(cast)

    assert access.may_read(cast.auditor, dossier, on=TODAY)
    assert not access.may_comment(cast.auditor, dossier, on=TODAY)
    assert access.may_comment(cast.colleague, dossier, on=TODAY)


def test_a_post_that_ended_gives_no_right_the_day_after(cast: Cast) -> None:
    dossier = a_dossier(cast)
    cast.director.posts.update(valid_to=TODAY)

    assert access.may_read(cast.director, dossier, on=TODAY)
    assert not access.may_read(cast.director, dossier, on=TODAY.replace(day=25))


def test_a_reader_by_two_ways_sees_the_dossier_once(cast: Cast) -> None:
    dossier = a_dossier(cast)
    entitle(dossier, cast.drafter, "drafter")
    entitle(dossier, cast.drafter, "legal")

    assert list(access.visible_to(cast.drafter, on=TODAY)) == [dossier]


@pytest.mark.parametrize(
    ("who", "role"), [("drafter", "drafter"), ("colleague", "drafter"), ("clerk", "assembly_office")]
)
def test_the_unit_and_the_assembly_office_may_write_in_it(cast: Cast, who: str, role: str) -> None:
    dossier = a_dossier(cast)

    assert access.require_drafting(getattr(cast, who), dossier, on=TODAY) == role


@pytest.mark.parametrize("who", ["neighbour", "director", "legal", "president", "outsider"])
def test_nobody_else_may_write_in_it(cast: Cast, who: str) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled, match="ne peut pas le modifier"):
        access.require_drafting(getattr(cast, who), dossier, on=NOON.date())


def test_a_role_that_is_missing_is_named(cast: Cast) -> None:
    with pytest.raises(NotEntitled, match="Convoquer une séance est réservé au rôle « service des assemblées »"):
        access.require_role(cast.drafter, "assembly_office", on=TODAY, what="Convoquer une séance")


def test_the_first_role_held_is_the_quality_in_which_one_acts(cast: Cast) -> None:
    assert access.require_role(cast.clerk, "president", "assembly_office", on=TODAY) == "assembly_office"
