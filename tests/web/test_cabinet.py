"""The Cabinet's tray across all directions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.hold import hold
from hemicycle.chain.circuit.actions.set_embargo import set_embargo
from hemicycle.dossier.models import Dossier
from tests.cast import Cast
from tests.factories import a_circuit, a_dossier

pytestmark = pytest.mark.django_db

DAY = dt.date(2031, 12, 12)


def at_the_cabinet(cast: Cast, **fields: Any) -> Dossier:
    return a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.CABINET), **fields)


def elsewhere(cast: Cast) -> dict[str, Any]:
    return {"unit": cast.other_service, "drafter": cast.neighbour}


def test_every_direction_s_are_there_by_the_sitting_aimed_at(cast: Cast, enter: Any) -> None:
    soon = at_the_cabinet(cast, target_date=DAY)
    other = at_the_cabinet(cast, target_date=DAY, **elsewhere(cast))
    at_the_cabinet(cast)

    page = enter(cast.cabinet).get("/cabinet/")

    first, last = page.context["waiting"]
    assert (first.day, {row.line.dossier for row in first.rows}) == (DAY, {soon, other})
    assert (first.directions, last.day) == ("DLP 1, DS 1", None)
    assert "3\xa0dossiers attendent le Cabinet" in page.content.decode()


def test_what_is_held_says_why_and_is_released_from_there(cast: Cast, enter: Any) -> None:
    dossier = at_the_cabinet(cast)
    hold(dossier_id=dossier.id, reason="Arbitrage en cours.", agent=cast.cabinet, at=timezone.now())

    page = enter(cast.cabinet).get("/cabinet/").content.decode()

    assert "« Arbitrage en cours. »" in page and f"/dossiers/{dossier.id}/liberer" in page
    assert "Rien n’attend le Cabinet" in page


def test_what_is_under_embargo_is_apart_too(cast: Cast, enter: Any) -> None:
    dossier = at_the_cabinet(cast)
    set_embargo(dossier_id=dossier.id, agent=cast.cabinet, at=timezone.now())

    page = enter(cast.cabinet).get("/cabinet/")

    assert [line.dossier for line in page.context["embargoed"]] == [dossier]


def test_what_comes_next_is_named_before_it_may_be_opened(cast: Cast, enter: Any) -> None:
    far = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.HEAD_OF_SERVICE, Role.LEGAL, Role.CABINET))
    near = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.HEAD_OF_SERVICE, Role.LEGAL, Role.CABINET))
    give_visa(dossier_id=near.id, agent=cast.head_of_service, version_read=1, at=timezone.now())

    page = enter(cast.cabinet).get("/cabinet/")

    assert [line.dossier for line, _ in page.context["coming"]] == [near]
    assert far.number not in page.content.decode() and f"/dossiers/{near.id}/" not in page.content.decode()


def test_it_is_the_cabinet_s_alone(cast: Cast, enter: Any) -> None:
    for agent in (cast.clerk, cast.chief_executive, cast.drafter):
        assert enter(agent).get("/cabinet/").status_code == 404


def test_it_asks_as_much_for_thirty_as_for_three(cast: Cast, enter: Any) -> None:
    client, counts = enter(cast.cabinet), []
    for how_many in (1, 9):
        for _ in range(how_many):
            at_the_cabinet(cast, target_date=DAY)
            hold(dossier_id=at_the_cabinet(cast).id, reason="Non.", agent=cast.cabinet, at=timezone.now())
            set_embargo(dossier_id=at_the_cabinet(cast).id, agent=cast.cabinet, at=timezone.now())
            a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL, Role.CABINET))
        with CaptureQueriesContext(connection) as queries:
            client.get("/cabinet/")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 20
