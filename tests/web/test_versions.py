from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.record_reading import record_reading
from hemicycle.dossier import versions
from hemicycle.dossier.models import Dossier
from tests.cast import NOON, Cast
from tests.factories import a_dossier, a_text, an_attachment


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    """Three versions: the second changes the texts and joins an annex, the third is the same as the second."""
    dossier = a_dossier(cast, in_circuit=True)
    dossier.report = a_text("Le club de Clérande demande une aide de 14 000 €.", "Il est proposé de la lui accorder.")
    an_attachment(dossier, by=cast.drafter)
    versions.freeze(dossier, by=cast.drafter, at=NOON, reason="Montant corrigé")
    versions.freeze(dossier, by=cast.drafter, at=NOON)
    return dossier


def test_two_versions_are_compared_in_words_and_in_marks(cast: Cast, enter: Any, dossier: Dossier) -> None:
    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/versions/1..2/").content.decode()

    assert "<del>" in page and "<ins>" in page
    assert "Annexe « Convention » ajoutée" in page.replace("\u00a0", " ")
    assert "Montant corrigé" in page


def test_two_equal_versions_are_said_equal(cast: Cast, enter: Any, dossier: Dossier) -> None:
    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/versions/2..3/").content.decode()

    assert "Les deux versions ont les mêmes textes" in page


def test_the_form_leads_to_the_comparison_older_first(cast: Cast, enter: Any, dossier: Dossier) -> None:
    answer = enter(cast.drafter).get(f"/dossiers/{dossier.id}/versions/comparer", {"de": "2", "a": "1"})

    assert answer["Location"] == f"/dossiers/{dossier.id}/versions/1..2/"


def test_an_older_version_is_read_as_it_was_and_said_older(cast: Cast, enter: Any, dossier: Dossier) -> None:
    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/versions/1/").content.decode()

    assert "12 000 €" in page
    assert "Cette version n’est plus la dernière" in page


@pytest.mark.parametrize(
    "address",
    [
        *("9/", "0/", "1..9/", "1..0/", "1..9/comparaison.pdf", "1..travail/", "2/retablir"),
        *("comparer?de=a&a=1", "comparer?de=-1&a=1", "comparer?de=travail&a=travail"),
    ],
)
def test_a_version_that_was_never_made_does_not_exist(cast: Cast, enter: Any, dossier: Dossier, address: str) -> None:
    assert enter(cast.drafter).get(f"/dossiers/{dossier.id}/versions/{address}").status_code == 404


def test_the_versions_of_a_dossier_that_one_may_not_read_do_not_exist(cast: Cast, enter: Any, dossier: Dossier) -> None:
    client = enter(cast.neighbour)

    assert client.get(f"/dossiers/{dossier.id}/versions/1/").status_code == 404
    assert client.get(f"/dossiers/{dossier.id}/versions/1..2/").status_code == 404
    assert client.get(f"/dossiers/{dossier.id}/versions/1..2/comparaison.pdf").status_code == 404


def test_amounts_fields_and_annexes_are_told_in_one_sentence(cast: Cast, enter: Any, dossier: Dossier) -> None:
    annex = dossier.attachments.get()
    annex.removed_at = NOON
    annex.save()
    an_attachment(dossier, b"%PDF-1.7 une annexe plus longue", by=cast.drafter)
    dossier.amount, dossier.theme = Decimal(14000), "Jeunesse"
    versions.freeze(dossier, by=cast.drafter, at=NOON)

    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/versions/3..4/").content.decode()

    said = page.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Thème Sport → Jeunesse ; montant 12 000 € → 14 000 € ; 1 annexe remplacée." in said
    assert "Annexe « Convention » remplacée : 1 ko, empreinte " in said


def test_one_goes_from_a_change_to_the_next_without_script(cast: Cast, enter: Any, dossier: Dossier) -> None:
    dossier.deliberation = a_text("Article 1 – Une subvention de 14 000 € est attribuée.")
    versions.freeze(dossier, by=cast.drafter, at=NOON)

    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/versions/1..4/").content.decode()

    assert 'id="changement-1"' in page and '<a href="#changement-2">suivant</a>' in page
    assert 'id="changement-2" data-line' in page and '<a href="#changement-1">précédent</a>' in page


def test_what_did_not_change_is_shown_on_demand(cast: Cast, enter: Any, dossier: Dossier) -> None:
    paragraphs = [f"Un alinéa qui ne change pas, le {rank}e du rapport." for rank in range(9)]
    dossier.report = a_text(*paragraphs, "Fin.")
    versions.freeze(dossier, by=cast.drafter, at=NOON)
    dossier.report = a_text(*paragraphs, "Fin du rapport.")
    versions.freeze(dossier, by=cast.drafter, at=NOON)
    client = enter(cast.drafter)

    page = client.get(f"/dossiers/{dossier.id}/versions/4..5/").content.decode()
    whole = client.get(f"/dossiers/{dossier.id}/versions/4..5/?tout=1").content.decode()

    assert "8 passages inchangés" in page and "le 2e du rapport" not in page
    assert "le 2e du rapport" in whole and "inchangés" not in whole


def test_a_comparison_is_printed(cast: Cast, enter: Any, dossier: Dossier) -> None:
    answer = enter(cast.drafter).get(f"/dossiers/{dossier.id}/versions/1..2/comparaison.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert f"{dossier.number}-comparaison-v1-v2.pdf" in answer["Content-Disposition"]


def test_comparing_starts_where_the_reader_left_off(cast: Cast, enter: Any, dossier: Dossier) -> None:
    client = enter(cast.head_of_service)

    never_read = client.get(f"/dossiers/{dossier.id}/versions/comparer")
    Dossier.objects.filter(id=dossier.id).update(version=1)
    record_reading(dossier_id=dossier.id, agent=cast.head_of_service, at=NOON)
    Dossier.objects.filter(id=dossier.id).update(version=3)
    read_once = client.get(f"/dossiers/{dossier.id}/versions/comparer")

    assert never_read["Location"] == f"/dossiers/{dossier.id}/versions/2..3/"
    assert read_once["Location"] == f"/dossiers/{dossier.id}/versions/1..3/"


@pytest.fixture
def rewritten(cast: Cast) -> Dossier:
    """Sent back after version 1, and rewritten since."""
    dossier = a_dossier(cast, to_correct=True)
    Dossier.objects.filter(id=dossier.id).update(report=a_text("Un rapport réécrit depuis le renvoi."))
    return dossier


def test_the_drafter_compares_a_version_with_the_working_text(cast: Cast, enter: Any, rewritten: Dossier) -> None:
    page = enter(cast.drafter).get(f"/dossiers/{rewritten.id}/versions/1..travail/").content.decode()

    assert "De la version 1 au texte de travail" in page
    assert "Un rapport réécrit depuis le renvoi." in page


def test_whoever_does_not_write_the_text_does_not_see_the_working_one(
    cast: Cast, enter: Any, rewritten: Dossier
) -> None:
    client = enter(cast.director)

    assert client.get(f"/dossiers/{rewritten.id}/versions/1..travail/").status_code == 404
    assert client.get(f"/dossiers/{rewritten.id}/versions/1..travail/comparaison.pdf").status_code == 404


def test_an_older_text_is_restored_after_its_page_said_what_it_replaces(
    cast: Cast, enter: Any, rewritten: Dossier
) -> None:
    client = enter(cast.drafter)
    page = client.get(f"/dossiers/{rewritten.id}/versions/1/retablir").content.decode()

    answer = client.post(f"/dossiers/{rewritten.id}/versions/1/retablir", {"text": "both"}, follow=True)

    assert "<del>" in page and "gardé comme une nouvelle version" in page
    assert "Le texte de la version 1 est de nouveau le texte de travail." in answer.content.decode()
    assert Dossier.objects.get(id=rewritten.id).report == rewritten.versions.get(number=1).report
    assert rewritten.versions.get(number=2).report == a_text("Un rapport réécrit depuis le renvoi.")


def test_an_image_of_a_text_is_shown_among_the_changes(cast: Cast, enter: Any, dossier: Dossier) -> None:
    image = {"type": "image", "attrs": {"sha256": "a" * 64, "alt": "Plan du gymnase", "width": 100}}
    dossier.report = {**dossier.report, "content": [*dossier.report["content"], image]}
    versions.freeze(dossier, by=cast.drafter, at=NOON)

    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/versions/3..4/").content.decode()

    assert "Image ajoutée" in page
    assert f'src="/dossiers/{dossier.id}/images/{"a" * 64}"' in page
