"""The console during the sitting."""

from __future__ import annotations

import pytest

from hemicycle.chain.sitting import queries
from hemicycle.chain.sitting.models import AgendaItem, Sitting
from hemicycle.dossier.stages import Stage
from tests.cast import Cast
from tests.factories import a_dossier, a_sitting
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast: Cast) -> AgendaItem:
    """The only item of an open sitting where everybody is present."""
    sitting = a_sitting(cast, open=True)
    a_dossier(cast, on_agenda=True, sitting=sitting)
    return queries.items_of(sitting)[0]


def at(item: AgendaItem, what: str = "") -> str:
    return f"/seances/{item.sitting_id}/console/{item.id}/{what}"


def test_a_unanimous_vote_is_one_gesture_and_is_read_back(cast: Cast, enter: Enter, item: AgendaItem) -> None:
    answer = enter(cast.clerk).post(at(item, "vote"), {"unanimous": "1", "kind": "ordinary"}, follow=True)

    item.dossier.refresh_from_db()
    page = answer.content.decode()
    assert item.dossier.stage == Stage.ADOPTED
    assert "Adopté à l’unanimité." in page
    assert item.dossier.act_number in page


def test_a_group_votes_against_save_one_member_by_name(cast: Cast, enter: Enter, item: AgendaItem) -> None:
    groups = {m.group_id for m in cast.members}
    lone = cast.members[-1]
    votes = {f"group-{pk}": "for" for pk in groups} | {f"group-{lone.group_id}": "against"}

    enter(cast.clerk).post(at(item, "vote"), {**votes, f"member-{lone.pk}": "no_part", "kind": "ordinary"})

    ballot = queries.ballot_of(item.dossier)
    assert ballot is not None
    same = sum(1 for m in cast.members if m.group_id == lone.group_id)
    assert (ballot.against_count, ballot.no_part_count) == (same - 1, 1)
    assert ballot.for_count == len(cast.members) - same


def test_counting_shows_the_votes_typed_and_records_none(cast: Cast, enter: Enter, item: AgendaItem) -> None:
    member = cast.members[1]

    answer = enter(cast.clerk).get(at(item, "releve"), {f"member-{member.pk}": "abstention", "kind": "ordinary"})

    assert "1 abstention" in answer.content.decode().replace("\u00a0", " ")
    assert queries.ballot_of(item.dossier) is None


def test_an_impossible_vote_is_refused_and_the_others_kept(cast: Cast, enter: Enter, item: AgendaItem) -> None:
    first, second = cast.members[1].pk, cast.members[2].pk

    answer = enter(cast.clerk).post(
        at(item, "vote"), {f"member-{first}": "peut-être", f"member-{second}": "against", "kind": "ordinary"}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert queries.ballot_of(item.dossier) is None
    assert f'name="member-{second}" value="against"' in page
    assert page.split(f'name="member-{second}" value="against"')[1].split(">")[0].endswith("checked")


def test_a_second_vote_on_the_same_item_is_refused(cast: Cast, enter: Enter, item: AgendaItem) -> None:
    office = enter(cast.clerk)
    office.post(at(item, "vote"), {"unanimous": "1", "kind": "ordinary"})

    answer = office.post(at(item, "vote"), {"unanimous": "1", "kind": "ordinary"})

    assert answer.status_code == 409
    assert "déjà été mis aux voix" in answer.content.decode()


def test_the_console_is_closed_to_whoever_holds_no_clerks_role(cast: Cast, enter: Enter, item: AgendaItem) -> None:
    assert enter(cast.drafter).get(at(item)).status_code == 404
    assert enter(cast.drafter).post(at(item, "vote"), {"unanimous": "1"}).status_code == 404
    assert queries.ballot_of(item.dossier) is None


def test_a_sitting_not_open_yet_has_no_console(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast, convened=True)

    assert enter(cast.clerk).get(f"/seances/{sitting.id}/console/").status_code == 404


def test_an_item_is_adjourned_with_its_reason_and_not_without(cast: Cast, enter: Enter, item: AgendaItem) -> None:
    office = enter(cast.clerk)

    refused = office.post(at(item, "ajourner"), {"reason": " "})
    office.post(at(item, "ajourner"), {"reason": "Complément demandé"})

    item.refresh_from_db()
    assert refused.status_code == 409
    assert "Dites pourquoi le dossier est ajourné" in refused.content.decode()
    assert item.outcome == "adjourned"


def test_the_sitting_does_not_close_while_an_item_waits(cast: Cast, enter: Enter, item: AgendaItem) -> None:
    answer = enter(cast.clerk).post(f"/seances/{item.sitting_id}/console/clore")

    assert answer.status_code == 409
    assert "attend encore un vote" in answer.content.decode()
    assert Sitting.objects.get(id=item.sitting_id).state == "open"


def test_the_sitting_closes_once_all_is_voted(cast: Cast, enter: Enter, item: AgendaItem) -> None:
    office = enter(cast.clerk)
    office.post(at(item, "vote"), {"unanimous": "1", "kind": "ordinary"})

    office.post(f"/seances/{item.sitting_id}/console/clore")

    assert Sitting.objects.get(id=item.sitting_id).state == "closed"


def test_a_departure_counts_from_the_next_vote(cast: Cast, enter: Enter, item: AgendaItem) -> None:
    office = enter(cast.clerk)
    office.post(f"/seances/{item.sitting_id}/console/mouvement", {"member_id": cast.members[5].pk, "status": "excused"})

    office.post(at(item, "vote"), {"unanimous": "1", "kind": "ordinary"})

    ballot = queries.ballot_of(item.dossier)
    assert ballot is not None
    assert ballot.present == len(cast.members) - 1


def test_enter_among_the_votes_never_means_unanimity(cast: Cast, enter: Enter, item: AgendaItem) -> None:
    page = enter(cast.clerk).get(at(item)).content.decode()

    forms = [form.split("</form>")[0] for form in page.split("<form")[1:]]
    ballots = [form for form in forms if 'name="group-' in form]
    assert len(ballots) == 1
    assert 'name="unanimous"' not in ballots[0]
    assert any('name="unanimous"' in form for form in forms)
