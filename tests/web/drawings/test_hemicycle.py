"""The hemicycle: every seat once, groups from left to right, votes told by form, the same facts in a table."""

from __future__ import annotations

import pytest
from lxml import html

from hemicycle.web.drawings.arcs import places
from hemicycle.web.drawings.hemicycle import Presence, Seat, VoteValue, hemicycle_html, summary

GROUPS = ["Gauche", "Centre", "Droite"]


def seat(number: int, group: str, state: Presence = "present", vote: VoteValue | None = None) -> Seat:
    return Seat(name=f"Élu {number}", group=group, state=state, vote=vote)


def assembly() -> list[Seat]:
    return [seat(number, GROUPS[number % 3]) for number in range(42)]


def test_forty_two_seats_are_drawn_apart_from_each_other() -> None:
    found = places(42)

    distances = [(a.x - b.x) ** 2 + (a.y - b.y) ** 2 for a in found for b in found if a is not b]
    assert len(found) == 42
    assert min(distances) > 24**2


@pytest.mark.parametrize("count", [1, 2, 7, 8, 19, 20, 59, 60, 110])
def test_any_assembly_gets_one_place_per_seat(count: int) -> None:
    found = places(count)

    assert len(found) == count
    assert [place.angle for place in found] == sorted((place.angle for place in found), reverse=True)


def test_groups_sit_in_the_order_given_whatever_the_order_of_the_seats() -> None:
    drawn = html.fromstring(hemicycle_html(assembly(), GROUPS))

    rows = [row.find("td").text for row in drawn.findall(".//tbody/tr")]
    assert rows == ["Gauche"] * 14 + ["Centre"] * 14 + ["Droite"] * 14
    assert len(drawn.xpath("//svg//g")) == 42


def test_each_vote_has_a_form_of_its_own() -> None:
    votes: list[VoteValue] = ["for", "against", "abstention", "no_part"]
    seats = [seat(number, "Gauche", vote=vote) for number, vote in enumerate(votes)]

    drawn = html.fromstring(hemicycle_html(seats, GROUPS))

    forms = [drawn.xpath(f"//g[contains(@class, 'seat--{vote}')]/*[@class='seat-body']")[0] for vote in votes]
    assert len({(form.tag, form.get("d"), form.get("r")) for form in forms}) == 4


def test_a_proxy_that_votes_counts_as_a_vote_and_as_a_proxy() -> None:
    seats = [seat(1, "Gauche", vote="for"), seat(2, "Gauche", state="proxy", vote="for"), seat(3, "Droite", "absent")]

    assert summary(seats) == "Hémicycle : 2 pour, 1 pouvoir, 1 absent."


def test_the_picture_says_itself_and_so_does_the_table() -> None:
    drawn = html.fromstring(hemicycle_html([seat(1, "Gauche", vote="against")], GROUPS))

    svg = drawn.find(".//svg")
    assert (svg.get("role"), svg.find("title").text) == ("img", "Hémicycle : 1 contre.")
    assert [cell.text for cell in drawn.find(".//tbody/tr")] == ["Élu 1", "Gauche", "présent", "contre"]


def test_a_seat_of_an_unknown_group_is_refused() -> None:
    with pytest.raises(ValueError, match="Inconnu"):
        hemicycle_html([seat(1, "Inconnu")], GROUPS)


def test_hostile_names_stay_names() -> None:
    hostile = Seat(name="<b onclick=x>", group="<i>", state="present", president=True)

    drawn = html.fromstring(hemicycle_html([hostile], ["<i>"]))

    assert not drawn.xpath("//@onclick")
    assert drawn.find(".//i") is None


def test_no_seat_says_so() -> None:
    assert "Aucun siège" in hemicycle_html([], GROUPS)
