from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.factories import a_dossier, a_sitting, give_all_visas


def test_the_dashboard_draws_and_says_the_same(cast: Cast, enter: Any) -> None:
    give_all_visas(a_dossier(cast, in_circuit=True))
    a_dossier(cast)
    a_sitting(cast, starts_at=timezone.now() + dt.timedelta(days=3))
    aimed = a_dossier(cast, target_date=timezone.localdate() + dt.timedelta(days=3), body="CP")

    page = enter(cast.clerk).get("/tableau-de-bord", {"periode": "annee"}).content.decode()

    assert "3\u00a0dossiers en cours" in page
    assert "<title>DS : 2 en rédaction, 1 avant le vote</title>" in page
    assert aimed.object in page and "rédaction et visas" in page
    assert "Dossiers par mois" in page


@pytest.mark.parametrize("period", ["", "mois", "trimestre", "annee", "toujours"])
def test_an_empty_house_has_a_dashboard_all_the_same(cast: Cast, enter: Any, period: str) -> None:
    answer = enter(cast.director).get("/tableau-de-bord", {"periode": period})

    assert answer.status_code == 200
    assert "Rien n’est en cours" in answer.content.decode()


def test_whoever_heads_nothing_has_no_dashboard_nor_a_way_to_it(cast: Cast, enter: Any) -> None:
    client = enter(cast.drafter)

    assert client.get("/tableau-de-bord").status_code == 403
    assert "/tableau-de-bord" not in client.get("/").content.decode()
    assert "/tableau-de-bord" in enter(cast.director).get("/").content.decode()
