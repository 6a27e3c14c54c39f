"""The search page: what answers, where the words stand, and never what the reader may not read."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.finding import index, queries
from hemicycle.web import search
from tests.cast import Cast
from tests.factories import a_dossier, a_text, an_attachment


def page(client: Any, words: str, **said: str) -> str:
    return str(client.get("/recherche", {"q": words, **said}).content.decode())


def found(client: Any, words: str, **said: str) -> list[str]:
    results = client.get("/recherche", {"q": words, **said}).context["results"]
    return [line.dossier.number for line, _ in results]


@pytest.mark.parametrize("words", ["subventions", "subvention", "SUBVENTION", "deliberation patinoire", "patinoires"])
def test_accents_plurals_and_capitals_do_not_matter(cast: Cast, enter: Any, words: str) -> None:
    dossier = a_dossier(cast, object="Délibération sur la patinoire")
    list(index.rebuild())

    assert found(enter(cast.drafter), words) == [dossier.number]


def test_the_words_are_marked_in_the_object_and_in_the_passages(cast: Cast, enter: Any) -> None:
    report = a_text("Rien ici. " * 60 + "Les chevaux de l’équipe départementale seront assurés." + " Rien là." * 60)
    a_dossier(cast, object="Assurance du cheval", report=report)
    list(index.rebuild())

    shown = page(enter(cast.drafter), "cheval departementales")

    assert "Assurance du <mark>cheval</mark>" in shown
    assert "Les <mark>chevaux</mark> de l’équipe <mark>départementale</mark> seront assurés." in shown
    assert "rapport" in shown


def test_the_words_of_an_annex_are_found_and_shown(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast)
    an_attachment(dossier, "Barème des hallebardes".encode(), by=cast.drafter, name="a.txt", title="Barème")
    list(index.rebuild())

    shown = page(enter(cast.drafter), "hallebarde")

    assert "annexe « Barème »" in shown and "<mark>hallebardes</mark>" in shown


def test_what_the_reader_may_not_read_is_neither_shown_nor_counted(cast: Cast, enter: Any) -> None:
    foreign = {"unit": cast.other_service, "drafter": cast.neighbour}
    a_dossier(cast, object="Patinoire du Nord", **foreign)
    ours = a_dossier(cast, object="Patinoire du Sud")
    list(index.rebuild())

    answer = enter(cast.drafter).get("/recherche", {"q": "patinoire"})

    assert [line.dossier.number for line, _ in answer.context["results"]] == [ours.number]
    assert answer.context["page"].paginator.count == 1
    assert "Nord" not in answer.content.decode()
    assert "Rien ne répond" in page(enter(cast.outsider), "patinoire")


def test_a_number_alone_opens_its_dossier_if_one_may_read_it(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast, number="R2026-0412", act_number="CP-2026-0123")

    for words in ("R2026-0412", "2026-412", " r2026-0412 ", "CP-2026-0123", "cp 2026 123"):
        answer = enter(cast.drafter).get("/recherche", {"q": words})
        assert answer["Location"] == f"/dossiers/{dossier.id}/"
    assert "Rien ne répond" in page(enter(cast.neighbour), "R2026-0412")


def test_what_is_found_is_narrowed_and_says_what_it_would_leave(cast: Cast, enter: Any) -> None:
    ready = a_dossier(cast, ready=True, object="Patinoire")
    a_dossier(cast, object="Patinoire")
    list(index.rebuild())
    client = enter(cast.drafter)

    facets = client.get("/recherche", {"q": "patinoire"}).context["facets"]
    narrowed = found(client, "patinoire", etape="ready")
    nothing = page(client, "patinoire", etape="archived")

    stages = {value.label: value.count for facet in facets if facet.title == "Étape" for value in facet.values}
    assert stages == {"prêt pour une séance": 1, "en rédaction": 1}
    assert narrowed == [ready.number]
    assert "Rien ne répond avec ces critères" in nothing and 'href="/recherche?q=patinoire"' in nothing


def test_results_come_in_pages(cast: Cast, enter: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(search, "PER_PAGE", 2)
    numbers = {a_dossier(cast, object="Patinoire").number for _ in range(3)}
    list(index.rebuild())
    client = enter(cast.drafter)

    first, second = found(client, "patinoire"), found(client, "patinoire", page="2")

    assert (len(first), len(second)) == (2, 1)
    assert {*first, *second} == numbers
    assert "?q=patinoire&amp;page=2" in page(client, "patinoire")


def test_when_too_many_answer_the_latest_are_shown_and_the_page_says_so(
    cast: Cast, enter: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(queries, "MOST_FOUND", 2)
    numbers = [a_dossier(cast, object="Patinoire", number=f"R2026-800{n}").number for n in range(3)]
    list(index.rebuild())

    answer = enter(cast.drafter).get("/recherche", {"q": "patinoire"})

    assert {line.dossier.number for line, _ in answer.context["results"]} == set(numbers[1:])
    assert "Plus de 2" in answer.content.decode()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE finding_index; --",
        'patinoire"',
        '"',
        "patinoire AND NOT OR NEAR(",
        "title:patinoire *",
        "^patinoire",
        "patinoire & ! | ( :*",
        "(((((((((((((((((((((",
        "-" * 500,
        "patinoire " * 400,
        "%s %(x)s {0}",
        "\ud7ff\u202e\x1b[31m",
        "²³¹ ª º",
        "１２３",
    ],
)
def test_no_query_is_an_error_nor_markup(cast: Cast, enter: Any, hostile: str) -> None:
    a_dossier(cast, object="Patinoire")
    list(index.rebuild())

    answer = enter(cast.drafter).get("/recherche", {"q": hostile})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_what_a_text_holds_is_never_markup_in_a_passage(cast: Cast, enter: Any) -> None:
    a_dossier(cast, report=a_text("<b>patinoire</b> <script>alert(1)</script>"))
    list(index.rebuild())

    shown = page(enter(cast.drafter), "patinoire")

    assert "&lt;b&gt;<mark>patinoire</mark>" in shown and "<script>alert" not in shown


def test_without_words_the_page_says_how_to_ask(cast: Cast, enter: Any) -> None:
    assert "Tous les mots demandés" in page(enter(cast.drafter), "")
