"""The lists: trays, criteria, filters kept, pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.models import RunStep
from hemicycle.chain.finding import index
from hemicycle.chain.finding.models import SavedFilter
from hemicycle.dossier.models import Comment, Dossier
from hemicycle.web import dossiers
from tests.cast import NOON, Cast
from tests.factories import a_circuit, a_dossier, give_all_visas


def listed(client: Any, **said: str) -> set[str]:
    """Numbers of the dossiers of the list."""
    return {line.dossier.number for line in client.get("/dossiers", said).context["lines"]}


def late(cast: Cast, **facts: Any) -> Dossier:
    dossier = a_dossier(cast, in_circuit=True, **facts)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    RunStep.objects.filter(run__dossier=dossier, order=1).update(due_on=yesterday)
    return dossier


def on_time(cast: Cast, **facts: Any) -> Dossier:
    dossier = a_dossier(cast, in_circuit=True, **facts)
    RunStep.objects.filter(run__dossier=dossier).update(due_on=timezone.localdate() + dt.timedelta(days=3))
    return dossier


def test_the_list_shows_what_the_reader_may_read_and_nothing_else(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast)

    mine = enter(cast.drafter).get("/dossiers").content.decode()
    other = enter(cast.neighbour).get("/dossiers").content.decode()

    assert dossier.number in mine
    assert dossier.number not in other and "Aucun dossier ici" in other


def test_the_list_is_narrowed_by_words_and_by_stage(cast: Cast, enter: Any) -> None:
    wanted = a_dossier(cast, ready=True, object="Réfection du gymnase de Lormet")
    a_dossier(cast, object="Réfection du gymnase d’Ambrelle")
    a_dossier(cast, ready=True, object="Réfection de la piscine")
    list(index.rebuild())

    assert listed(enter(cast.clerk), mots="réfections gymnase", etape="ready") == {wanted.number}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"assemblee": "CP"}, {"ours", "other"}),
        ({"assemblee": "CD"}, {"council"}),
        ({"annee": "2024"}, {"other"}),
        ({"matiere": "7"}, {"ours", "council"}),
        ({"matiere": "7.5"}, {"ours", "council"}),
        ({"matiere": "8.4"}, {"other"}),
        ({"direction": "ours"}, {"ours", "council"}),
        ({"direction": "other"}, {"other"}),
        ({"direction": "pole"}, {"ours", "council", "other"}),
    ],
)
def test_each_criterion_narrows(cast: Cast, enter: Any, said: dict[str, str], found: set[str]) -> None:
    made = {
        "ours": a_dossier(cast, body="CP", subject_code="7.5", number="R2026-9001"),
        "council": a_dossier(cast, body="CD", subject_code="7.5.1", number="R2026-9002"),
        "other": a_dossier(cast, body="CP", subject_code="8.4", number="R2024-0001", unit=cast.other_service),
    }
    units = {"ours": cast.direction, "other": cast.other_direction, "pole": cast.pole}
    asked = {name: str(units[value].pk) if value in units else value for name, value in said.items()}

    assert listed(enter(cast.clerk), **asked) == {made[name].number for name in found}


@pytest.mark.parametrize("nonsense", [{"etape": "inconnue"}, {"direction": "x"}, {"annee": "²"}, {"page": "zéro"}])
def test_a_criterion_that_makes_no_sense_narrows_nothing(cast: Cast, enter: Any, nonsense: dict[str, str]) -> None:
    dossier = a_dossier(cast)

    assert listed(enter(cast.drafter), **nonsense) == {dossier.number}


def test_long_lists_come_in_pages_that_keep_what_was_asked(cast: Cast, enter: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(dossiers, "PER_PAGE", 2)
    for _ in range(3):
        a_dossier(cast)

    page = enter(cast.drafter).get("/dossiers", {"etape": "drafting", "tri": "numero"}).content.decode()

    assert "page 1 sur 2" in page
    assert "?etape=drafting&amp;tri=numero&amp;page=2" in page


@pytest.mark.parametrize(("order", "first"), [("recents", 3), ("anciens", 1), ("numero", 2), ("seance", 1), ("", 3)])
def test_a_list_is_sorted_as_asked(cast: Cast, enter: Any, order: str, first: int) -> None:
    made = {
        1: a_dossier(cast, number="R2026-9101", stage_since=NOON - dt.timedelta(days=9), target_date=NOON.date()),
        2: a_dossier(cast, number="R2026-9103", stage_since=NOON - dt.timedelta(days=5)),
        3: a_dossier(cast, number="R2026-9102", stage_since=NOON - dt.timedelta(days=1)),
    }

    lines = enter(cast.drafter).get("/dossiers", {"tri": order}).context["lines"]

    assert lines[0].dossier == made[first]


def test_mine_are_those_that_i_draft_and_that_are_not_over(cast: Cast, enter: Any) -> None:
    mine = a_dossier(cast, ready=True)
    a_dossier(cast, archived=True)
    a_dossier(cast, drafter=cast.colleague)

    assert listed(enter(cast.drafter), panier="miens") == {mine.number}


def test_late_are_those_whose_visa_was_due_and_that_nobody_holds(cast: Cast, enter: Any) -> None:
    wanted = late(cast)
    on_time(cast)
    RunStep.objects.filter(run__dossier=late(cast), order=1).update(held_at=NOON)
    late(cast, unit=cast.other_service, drafter=cast.neighbour)

    assert listed(enter(cast.drafter), panier="retard") == {wanted.number}


def test_in_copy_are_those_where_i_acted_or_am_named_and_that_others_carry(cast: Cast, enter: Any) -> None:
    given = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL))
    give_all_visas(given)
    awaited = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL))
    named = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.HEAD_OF_SERVICE, Role.LEGAL))
    for dossier in (named, a_dossier(cast)):
        said = Comment.objects.create(
            dossier=dossier, version=0, author=cast.drafter, text="@Jules Juriste", written_at=NOON
        )
        said.mentions.add(cast.legal)
    named.entitlements.create(agent=cast.legal, role=Role.LEGAL, since=NOON)

    client = enter(cast.legal)

    assert listed(client, panier="copie") == {given.number, named.number}
    assert awaited.number in listed(client)


def test_my_unit_s_are_those_of_the_units_where_i_hold_a_role(cast: Cast, enter: Any) -> None:
    ours = {a_dossier(cast, drafter=cast.colleague).number, a_dossier(cast, unit=cast.direction).number}
    a_dossier(cast, unit=cast.other_service, drafter=cast.neighbour)

    assert listed(enter(cast.director), panier="unite") == ours
    assert listed(enter(cast.clerk), panier="unite") == set()


def test_a_list_too_long_shows_the_latest_and_says_so(cast: Cast, enter: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("hemicycle.chain.finding.queries.MOST_LISTED", 2)
    for _ in range(3):
        a_dossier(cast)

    answer = enter(cast.drafter).get("/dossiers")

    assert len(answer.context["lines"]) == 2
    assert "Plus de <b>2 dossiers</b>" in answer.content.decode().replace("\u00a0", " ")


def test_each_tray_says_how_many_it_holds(cast: Cast, enter: Any) -> None:
    late(cast)
    a_dossier(cast, ready=True, drafter=cast.colleague)

    client = enter(cast.drafter)
    page = client.get("/dossiers").content.decode()
    counts = client.get("/dossiers/comptes")

    assert counts.context["counts"] == {"miens": "1", "retard": "1", "copie": "0", "unite": "2"}
    assert all(f'id="compte-{key}"' in page for key in counts.context["counts"])
    assert '<span class="count" id="compte-unite" hx-swap-oob="true">2</span>' in counts.content.decode()


def test_a_filter_is_kept_shown_with_its_count_and_removed(cast: Cast, enter: Any) -> None:
    a_dossier(cast, ready=True)
    client = enter(cast.drafter)

    kept = client.post("/filtres", {"name": "Prêts <b>", "stage": "ready"}, follow=True)
    page = client.get("/filtres").content.decode()
    key = f"filtre-{SavedFilter.objects.get().pk}"
    counts = client.get("/dossiers/comptes").context["counts"]
    client.post(f"/filtres/{SavedFilter.objects.get().pk}/retirer")

    assert [(tab.key, tab.label, tab.current) for tab in kept.context["filters"]] == [(key, "Prêts <b>", True)]
    assert counts[key] == "1"
    assert "Prêts &lt;b&gt;" in page and "Prêts <b>" not in page
    assert "1 dossier<" in page
    assert not SavedFilter.objects.exists()


def test_a_filter_that_asks_for_nothing_is_refused_in_words(cast: Cast, enter: Any) -> None:
    page = enter(cast.drafter).post("/filtres", {"name": "Tout"}, follow=True).content.decode()

    assert "Ce filtre ne demande rien" in page


def test_a_count_beyond_what_anyone_reads_says_so() -> None:
    assert dossiers.number_fr(100) == "99+"
    assert dossiers.number_fr(99) == "99"
