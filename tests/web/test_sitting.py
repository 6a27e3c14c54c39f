"""The pages of a sitting before it is held."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from hemicycle.chain.sitting import queries
from hemicycle.dossier.stages import Stage
from tests.cast import Cast
from tests.factories import a_dossier, a_sitting
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


def in_days(days: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def test_the_assembly_office_plans_a_sitting(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.clerk).post(
        "/seances/nouvelle", {"body": "CP", "starts_at": "2031-12-17T14:30", "place": "Hôtel du Département"}
    )

    planned = queries.sittings(cast.clerk, on=timezone.localdate()).get()
    assert answer.status_code == 302
    assert timezone.localtime(planned.starts_at).hour == 14
    assert planned.place == "Hôtel du Département"


def test_a_sitting_without_a_place_is_refused_and_the_form_kept(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.clerk).post("/seances/nouvelle", {"body": "CD", "starts_at": "2031-12-17T14:30", "place": " "})

    assert answer.status_code == 409
    assert 'value="2031-12-17T14:30"' in answer.content.decode()
    assert not queries.sittings(cast.clerk, on=timezone.localdate()).exists()


def test_a_drafter_cannot_plan_a_sitting(cast: Cast, enter: Enter) -> None:
    assert enter(cast.drafter).get("/seances/nouvelle").status_code == 404


def test_a_sitting_in_preparation_is_not_shown_to_a_drafter_without_a_dossier_in_it(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast)

    assert enter(cast.neighbour).get(f"/seances/{sitting.id}/").status_code == 404


def test_the_drafter_of_an_item_sees_the_agenda_and_none_of_the_gestures(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast)
    a_dossier(cast, on_agenda=True, sitting=sitting, object="Aide au club de Clérande")

    page = enter(cast.drafter).get(f"/seances/{sitting.id}/").content.decode()

    assert "Aide au club de Clérande" in page
    assert "Retirer" not in page
    assert "Convoquer" not in page


def test_several_ready_dossiers_are_put_on_the_agenda_in_one_gesture(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast)
    dossiers = [a_dossier(cast, ready=True), a_dossier(cast, ready=True)]

    enter(cast.clerk).post(f"/seances/{sitting.id}/inscrire", {"dossiers": [str(d.id) for d in dossiers]})

    assert {item.dossier_id for item in queries.items_of(sitting)} == {d.id for d in dossiers}


def test_an_addition_after_the_summons_asks_for_its_reason_and_adds_nothing(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast, convened=True)
    dossiers = [a_dossier(cast, ready=True), a_dossier(cast, ready=True)]

    answer = enter(cast.clerk).post(
        f"/seances/{sitting.id}/inscrire", {"dossiers": [str(d.id) for d in dossiers], "urgency": ""}
    )

    assert answer.status_code == 409
    assert "dites pourquoi ce dossier est ajouté en urgence" in answer.content.decode()
    assert queries.items_of(sitting) == []


def test_an_item_goes_down_one_place(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast)
    first = a_dossier(cast, on_agenda=True, sitting=sitting)
    second = a_dossier(cast, on_agenda=True, sitting=sitting)
    item = queries.items_of(sitting)[0]

    enter(cast.clerk).post(f"/seances/{sitting.id}/ordre", {"move": f"{item.id}:down"})

    assert [i.dossier_id for i in queries.items_of(sitting)] == [second.id, first.id]


def test_an_order_for_an_unknown_item_changes_nothing(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast)
    a_dossier(cast, on_agenda=True, sitting=sitting)

    answer = enter(cast.clerk).post(f"/seances/{sitting.id}/ordre", {"move": "n’importe quoi"})

    assert answer.status_code == 409
    assert "a changé pendant que vous l’ordonniez" in answer.content.decode()


def test_taking_an_item_off_after_the_summons_asks_for_the_reason_beside_it(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast, convened=True)
    dossier = a_dossier(cast, on_agenda=True, sitting=sitting)
    item = queries.items_of(sitting)[0]

    answer = enter(cast.clerk).post(f"/seances/{sitting.id}/retirer/{item.id}", {"reason": ""})

    dossier.refresh_from_db()
    assert answer.status_code == 409
    assert "Dites pourquoi le dossier quitte l’ordre du jour." in answer.content.decode()
    assert dossier.stage == Stage.ON_AGENDA


def test_an_item_of_another_sitting_is_not_taken_off_from_here(cast: Cast, enter: Enter) -> None:
    here, elsewhere = a_sitting(cast), a_sitting(cast)
    a_dossier(cast, on_agenda=True, sitting=elsewhere)
    item = queries.items_of(elsewhere)[0]

    assert enter(cast.clerk).post(f"/seances/{here.id}/retirer/{item.id}").status_code == 404


def test_the_page_says_what_the_law_makes_of_today(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast, body="CD", starts_at=in_days(40))
    a_dossier(cast, on_agenda=True, sitting=sitting, body="CD")

    page = enter(cast.clerk).get(f"/seances/{sitting.id}/").content.decode()

    assert "délai de 12 jours francs respecté" in page
    assert "L3121-19" in page


def test_convening_late_without_a_reason_is_refused_and_says_so_beside_the_field(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast, starts_at=in_days(3))
    a_dossier(cast, on_agenda=True, sitting=sitting)

    answer = enter(cast.clerk).post(f"/seances/{sitting.id}/convoquer", {"urgency": ""})

    sitting.refresh_from_db()
    assert answer.status_code == 409
    assert "Dites pourquoi la séance est convoquée dans un délai abrégé." in answer.content.decode()
    assert sitting.state == "preparing"


def test_convening_makes_the_papers_and_a_summons_for_every_member(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast, starts_at=in_days(30))
    a_dossier(cast, on_agenda=True, sitting=sitting)
    office = enter(cast.clerk)

    office.post(f"/seances/{sitting.id}/convoquer", {"urgency": ""})

    paper = office.get(f"/seances/{sitting.id}/papiers/convocation.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert office.get(f"/seances/{sitting.id}/convocations").content.decode().count('data-label="Voie"') == len(
        cast.members
    )


def test_the_proofs_of_the_summons_are_the_offices_own(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast, convened=True)
    a_dossier(cast, on_agenda=True, sitting=sitting)

    assert enter(cast.drafter).get(f"/seances/{sitting.id}/convocations").status_code == 404
