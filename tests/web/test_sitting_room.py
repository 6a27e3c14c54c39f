"""The call, the proxies, the opening."""

from __future__ import annotations

import pytest
from django.utils import timezone

from hemicycle.chain.sitting import queries
from hemicycle.chain.sitting.models import Sitting
from tests.cast import Cast
from tests.factories import a_dossier, a_sitting
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(cast: Cast) -> Sitting:
    """Convened, to be held now."""
    held = a_sitting(cast, convened=True, starts_at=timezone.now())
    a_dossier(cast, on_agenda=True, sitting=held)
    return held


def test_everybody_is_present_in_one_gesture(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    enter(cast.clerk).post(f"/seances/{sitting.id}/presence", {"everybody": "1"})

    assert set(queries.statuses_of(sitting).values()) == {"present"}
    assert len(queries.statuses_of(sitting)) == len(cast.members)


def test_the_call_sheet_keeps_each_line(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    first, second = cast.members[0].pk, cast.members[1].pk

    enter(cast.clerk).post(
        f"/seances/{sitting.id}/presence", {f"member-{first}": "present", f"member-{second}": "excused"}
    )

    assert queries.statuses_of(sitting) == {first: "present", second: "excused"}


def test_a_status_that_does_not_exist_is_refused_and_nothing_is_recorded(
    cast: Cast, enter: Enter, sitting: Sitting
) -> None:
    answer = enter(cast.clerk).post(f"/seances/{sitting.id}/presence", {f"member-{cast.members[0].pk}": "endormi"})

    assert answer.status_code == 409
    assert queries.statuses_of(sitting) == {}


def test_the_room_is_the_clerks(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    assert enter(cast.drafter).get(f"/seances/{sitting.id}/presence").status_code == 404


def test_a_second_proxy_for_the_same_holder_is_refused_with_the_article_and_the_names_kept(
    cast: Cast, enter: Enter, sitting: Sitting
) -> None:
    office = enter(cast.clerk)
    one, two, holder = (m.pk for m in cast.members[3:6])
    office.post(f"/seances/{sitting.id}/pouvoirs", {"giver_id": one, "holder_id": holder})

    answer = office.post(f"/seances/{sitting.id}/pouvoirs", {"giver_id": two, "holder_id": holder})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "L3121-16" in page
    assert f'<option value="{two}" selected>' in page
    assert len(queries.proxies_of(sitting)) == 1


def test_a_proxy_is_withdrawn(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    office = enter(cast.clerk)
    office.post(f"/seances/{sitting.id}/pouvoirs", {"giver_id": cast.members[3].pk, "holder_id": cast.members[4].pk})

    office.post(f"/seances/{sitting.id}/pouvoirs/{cast.members[3].pk}/retirer")

    assert queries.proxies_of(sitting) == []


def test_the_sitting_opens_with_its_president_and_secretary(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    office = enter(cast.clerk)
    office.post(f"/seances/{sitting.id}/presence", {"everybody": "1"})

    answer = office.post(
        f"/seances/{sitting.id}/ouvrir",
        {"president_id": cast.members[0].pk, "secretary_id": cast.members[1].pk},
    )

    sitting.refresh_from_db()
    assert answer["Location"] == f"/seances/{sitting.id}/console/"
    assert sitting.state == "open"


def test_a_sitting_without_quorum_does_not_open_and_says_when_it_meets_again(
    cast: Cast, enter: Enter, sitting: Sitting
) -> None:
    office = enter(cast.clerk)
    office.post(f"/seances/{sitting.id}/presence", {f"member-{m.pk}": "present" for m in cast.members[:2]})

    answer = office.post(
        f"/seances/{sitting.id}/ouvrir",
        {"president_id": cast.members[0].pk, "secretary_id": cast.members[1].pk},
    )

    sitting.refresh_from_db()
    assert answer.status_code == 409
    assert "de plein droit" in answer.content.decode()
    assert sitting.state == "convened"
