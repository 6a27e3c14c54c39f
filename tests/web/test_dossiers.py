from __future__ import annotations

from typing import Any

from hemicycle.web import dossiers
from tests.cast import Cast
from tests.factories import a_dossier


def test_the_list_shows_what_the_reader_may_read_and_nothing_else(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast)

    mine = enter(cast.drafter).get("/dossiers").content.decode()
    other = enter(cast.neighbour).get("/dossiers").content.decode()

    assert dossier.number in mine
    assert dossier.number not in other and "Aucun dossier ne répond" in other


def test_the_list_is_narrowed_by_words_and_by_stage(cast: Cast, enter: Any) -> None:
    wanted = a_dossier(cast, ready=True, object="Réfection du gymnase de Lormet")
    other = a_dossier(cast, object="Réfection de la piscine")

    page = enter(cast.clerk).get("/dossiers", {"mots": "réfection gymnase", "etape": "ready"}).content.decode()

    assert wanted.number in page
    assert other.number not in page


def test_a_stage_that_does_not_exist_narrows_nothing(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast)

    answer = enter(cast.drafter).get("/dossiers", {"etape": "inconnue", "page": "zéro"})

    assert answer.status_code == 200
    assert dossier.number in answer.content.decode()


def test_long_lists_come_in_pages_that_keep_the_filter(cast: Cast, enter: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(dossiers, "PER_PAGE", 2)
    for _ in range(3):
        a_dossier(cast)

    page = enter(cast.drafter).get("/dossiers", {"mots": "club"}).content.decode()

    assert "page 1 sur 2" in page
    assert "?mots=club&amp;page=2" in page


def test_the_search_finds_by_number_and_says_when_nothing_answers(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast)
    client = enter(cast.drafter)

    found = client.get("/recherche", {"q": dossier.number}).content.decode()
    none = client.get("/recherche", {"q": "introuvable"}).content.decode()

    assert f"/dossiers/{dossier.id}/" in found
    assert "Rien ne répond" in none


def test_what_is_searched_for_is_text_and_never_markup(cast: Cast, enter: Any) -> None:
    page = enter(cast.drafter).get("/recherche", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in page
