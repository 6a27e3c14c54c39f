"""The public site: what is published, all of it, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from hemicycle.chain.publication import queries
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting.models import AgendaItem, Sitting, SittingState
from hemicycle.dossier.models import Dossier
from tests.cast import Cast
from tests.factories import a_dossier, an_attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(cast: Cast) -> Dossier:
    return a_dossier(cast, published=True, object="Aide au club de Clérande")


@pytest.fixture
def secret(cast: Cast) -> Dossier:
    """Received by the préfecture, not yet online."""
    return a_dossier(cast, acknowledged=True, object="Acquisition encore confidentielle")


def slug_of(dossier: Dossier) -> str:
    return Publication.objects.get(dossier=dossier).slug


def closed(dossier: Dossier) -> Sitting:
    sitting = AgendaItem.objects.get(dossier=dossier).sitting
    Sitting.objects.filter(id=sitting.id).update(state=SittingState.CLOSED)
    return sitting


def test_no_public_page_names_an_act_that_is_not_published(published: Dossier, secret: Dossier) -> None:
    here, there = closed(published), closed(secret)
    pages = [
        "/actes/",
        "/actes/?q=confidentielle",
        f"/actes/{slug_of(published)}/",
        "/actes/scdl.csv",
        "/actes/seances/",
        f"/actes/seances/{here.id}/",
    ]

    shown = [Client().get(page) for page in pages]

    assert {answer.status_code for answer in shown} == {200}
    for answer in shown:
        assert "encore confidentielle" not in answer.content.decode()
        assert secret.act_number not in answer.content.decode()
    assert Client().get(f"/actes/{secret.act_number.lower()}/").status_code == 404
    assert Client().get(f"/actes/seances/{there.id}/").status_code == 404


def test_the_page_of_an_act_gives_the_text_the_vote_the_dates_and_the_digest(published: Dossier) -> None:
    act = Act.objects.select_related("signed").get(dossier=published)
    assert act.signed is not None

    page = Client().get(f"/actes/{slug_of(published)}/").content.decode()

    assert "Une subvention de 12" in page
    assert "Adopté à l’unanimité." in page
    assert "Reçu par le représentant de l’État" in page
    assert "CJA, art. R421-1" in page
    assert act.signed.sha256 in page
    assert 'itemtype="https://schema.org/Legislation"' in page


def test_the_files_offered_are_the_published_ones_only(cast: Cast, published: Dossier, secret: Dossier) -> None:
    slug = slug_of(published)
    inside = an_attachment(published, by=cast.drafter, published=False)
    act, other = Act.objects.get(dossier=published), Act.objects.get(dossier=secret)

    assert Client().get(f"/actes/{slug}/{act.signed_id}").status_code == 200
    assert Client().get(f"/actes/{slug}/{inside.id}").status_code == 404
    assert Client().get(f"/actes/{slug}/{act.frozen_id}").status_code == 404
    assert Client().get(f"/actes/{slug}/{other.signed_id}").status_code == 404


def test_the_search_finds_by_words_year_and_body(published: Dossier) -> None:
    browser = Client()

    assert "Aide au club" in browser.get("/actes/", {"q": "clerande"}).content.decode()
    assert "Aide au club" in browser.get("/actes/", {"body": "CP"}).content.decode()
    assert "Aide au club" not in browser.get("/actes/", {"body": "CD"}).content.decode()
    assert "Aucun acte trouvé" in browser.get("/actes/", {"q": "piscine"}).content.decode()


@pytest.mark.parametrize("query", ["?page=0", "?page=zzz", "?page=99999999999", "?year=abc", "?body=XX"])
def test_a_strange_address_still_shows_the_list(published: Dossier, query: str) -> None:
    assert Client().get(f"/actes/{query}").status_code == 200


def test_the_open_data_has_a_row_per_published_act(published: Dossier, secret: Dossier) -> None:
    answer = Client().get("/actes/scdl.csv")

    assert answer["Content-Type"].startswith("text/csv")
    assert len(answer.content.decode().strip().splitlines()) == 2


def test_the_list_of_a_sitting_is_also_a_pdf(published: Dossier) -> None:
    sitting = closed(published)

    answer = Client().get(f"/actes/seances/{sitting.id}/liste.pdf")

    assert answer.content.startswith(b"%PDF")


def test_the_register_of_the_agents_is_not_public(cast: Cast) -> None:
    answer = Client().get("/actes/registre/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/connexion")


def test_an_installation_without_acts_says_so(db: None) -> None:
    assert "Aucun acte trouvé" in Client().get("/actes/").content.decode()
    assert queries.published_acts().total == 0
