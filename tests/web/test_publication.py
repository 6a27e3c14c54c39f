"""Putting acts online."""

from __future__ import annotations

import pytest

from hemicycle.chain.publication import queries
from hemicycle.dossier.stages import Stage
from tests.cast import Cast
from tests.factories import a_dossier
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


def test_several_acts_go_online_in_one_gesture(cast: Cast, enter: Enter) -> None:
    dossiers = [a_dossier(cast, acknowledged=True), a_dossier(cast, acknowledged=True)]

    enter(cast.clerk).post("/publier/mettre-en-ligne", {"dossiers": [str(d.id) for d in dossiers]})

    assert queries.published_acts().total == 2


def test_an_act_that_cannot_be_published_keeps_the_others_offline(cast: Cast, enter: Enter) -> None:
    good = a_dossier(cast, acknowledged=True)
    bad = a_dossier(cast, acknowledged=True, subject_code="99.99")

    answer = enter(cast.clerk).post("/publier/mettre-en-ligne", {"dossiers": [str(good.id), str(bad.id)]})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "données ouvertes" in page
    assert f'value="{good.id}" checked' in page
    assert queries.published_acts().total == 0


def test_nothing_chosen_is_said(cast: Cast, enter: Enter) -> None:
    a_dossier(cast, acknowledged=True)

    answer = enter(cast.clerk).post("/publier/mettre-en-ligne")

    assert answer.status_code == 409
    assert "Cochez au moins un acte" in answer.content.decode()


def test_an_act_not_received_yet_is_not_offered(cast: Cast, enter: Enter) -> None:
    waiting = a_dossier(cast, transmitted=True)

    answer = enter(cast.clerk).post("/publier/mettre-en-ligne", {"dossiers": [str(waiting.id)]})

    waiting.refresh_from_db()
    assert answer.status_code == 409
    assert waiting.stage == Stage.TRANSMITTED


def test_only_the_assembly_office_publishes(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    for agent in (cast.drafter, cast.president):
        answer = enter(agent).post("/publier/mettre-en-ligne", {"dossiers": [str(dossier.id)]})
        assert answer.status_code == 404

    assert queries.published_acts().total == 0
