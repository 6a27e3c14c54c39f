"""Who is who, and who may act for whom, on a given day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from hemicycle.accounts import queries
from hemicycle.accounts.models import Agent, Authority, Delegation, Post, Role, Seat
from tests.cast import SINCE, TODAY, Cast
from tests.factories import a_delegation

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def test_the_nearest_holder_up_the_tree_is_found(cast: Cast) -> None:
    deputy = queries.holders(Role.DEPUTY_CHIEF, on=TODAY, unit=cast.service)
    director = queries.holders(Role.DIRECTOR, on=TODAY, unit=cast.service)

    assert (deputy, director) == ([cast.deputy_chief], [cast.director])


def test_a_head_of_service_is_not_that_of_the_service_next_door(cast: Cast) -> None:
    assert queries.holders(Role.HEAD_OF_SERVICE, on=TODAY, unit=cast.other_service) == []


def test_a_post_nearer_hides_the_one_above(cast: Cast) -> None:
    Post.objects.create(agent=cast.outsider, role=Role.DIRECTOR, unit=cast.service, valid_from=SINCE)

    assert queries.holders(Role.DIRECTOR, on=TODAY, unit=cast.service) == [cast.outsider]


def test_a_post_without_unit_holds_for_all(cast: Cast) -> None:
    assert queries.holders(Role.FINANCE, on=TODAY, unit=cast.other_service) == [cast.finance]


def test_several_holders_come_in_alphabetical_order(cast: Cast) -> None:
    assert queries.holders(Role.DRAFTER, on=TODAY, unit=cast.service) == [cast.colleague, cast.drafter]


def test_a_holder_whose_account_is_closed_is_passed_over(cast: Cast) -> None:
    Agent.objects.filter(id=cast.legal.id).update(is_active=False)

    assert queries.holders(Role.LEGAL, on=TODAY) == []


def test_a_post_holds_on_its_first_and_on_its_last_day(cast: Cast) -> None:
    Post.objects.create(agent=cast.outsider, role=Role.LEGAL, valid_from=TODAY, valid_to=TODAY + DAY)

    held = [queries.holds(cast.outsider, Role.LEGAL, on=TODAY + n * DAY) for n in (-1, 0, 1, 2)]

    assert held == [False, True, True, False]


def test_a_post_in_a_unit_holds_below_it_and_not_above(cast: Cast) -> None:
    assert queries.holds(cast.director, Role.DIRECTOR, on=TODAY, unit=cast.service)
    assert not queries.holds(cast.director, Role.DIRECTOR, on=TODAY, unit=cast.pole)
    assert not queries.holds(cast.director, Role.DIRECTOR, on=TODAY, unit=cast.other_service)


def test_units_under_a_pole_are_all_those_below(cast: Cast) -> None:
    below = queries.units_under([cast.pole])

    assert below == {u.pk for u in (cast.pole, cast.direction, cast.service, cast.other_direction, cast.other_service)}


def test_a_service_knows_its_direction(cast: Cast) -> None:
    assert cast.service.direction == cast.direction
    assert cast.general.direction == cast.general


def test_one_acts_for_another_only_while_the_delegation_is_in_force(cast: Cast) -> None:
    delegation = a_delegation(cast.director, cast.head_of_service)
    ends = delegation.valid_to

    assert queries.principals_of(cast.head_of_service, scope="visa", on=ends) == [cast.director]
    assert queries.principals_of(cast.head_of_service, scope="visa", on=ends + DAY) == []
    assert queries.delegation_between(cast.director, cast.head_of_service, scope="visa", on=TODAY) == delegation
    assert queries.delegation_between(cast.head_of_service, cast.director, scope="visa", on=TODAY) is None


def test_nobody_delegates_to_oneself(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_delegation(cast.director, cast.director)

    assert not Delegation.objects.exists()


def test_what_ends_before_it_starts_is_refused_by_the_database(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(agent=cast.outsider, role=Role.LEGAL, valid_from=TODAY, valid_to=TODAY - DAY)

    assert queries.roles_of(cast.outsider, on=TODAY) == set()


def test_members_come_president_first_then_vice_presidents_then_by_name(cast: Cast) -> None:
    sitters = queries.members_in_office("CP", on=TODAY)

    assert [s.member for s in sitters] == list(cast.members)
    assert [s.office for s in sitters[:5]] == ["president", *["vice_president"] * 3, "member"]


def test_a_member_whose_mandate_ended_sits_no_more(cast: Cast) -> None:
    Seat.objects.create(body="CD", member=cast.former_member, valid_from=SINCE)

    now = [s.member for s in queries.members_in_office("CD", on=TODAY)]
    then = [s.member for s in queries.members_in_office("CD", on=dt.date(2024, 3, 31))]

    assert cast.former_member not in now
    assert cast.former_member in then


def test_the_president_is_the_one_who_signs_by_right(cast: Cast) -> None:
    assert queries.president(on=TODAY) == cast.members[0]
    assert queries.president_signatory(on=TODAY) == cast.signatory
    assert queries.signatory_of(cast.members[1].agent, on=TODAY) is None


def test_a_vacant_presidency_is_said(cast: Cast) -> None:
    Seat.objects.filter(office="president").update(valid_to=TODAY)

    with pytest.raises(LookupError, match="no president"):
        queries.president(on=TODAY + DAY)


def test_there_is_one_authority_only(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Authority.objects.create(id=2, name="Autre", siren="0" * 9, siret="0" * 14)

    assert queries.authority() == cast.authority


def test_the_courier_is_an_actor_with_a_name(cast: Cast) -> None:
    assert queries.courier() == cast.courier
    assert queries.courier().full_name == "Coursier"
