from __future__ import annotations

from typing import Any

import pytest

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
    ["9/", "0/", "1..9/", "comparer", "comparer?de=a&a=1", "comparer?de=-1&a=1"],
)
def test_a_version_that_was_never_made_does_not_exist(cast: Cast, enter: Any, dossier: Dossier, address: str) -> None:
    assert enter(cast.drafter).get(f"/dossiers/{dossier.id}/versions/{address}").status_code == 404


def test_the_versions_of_a_dossier_that_one_may_not_read_do_not_exist(cast: Cast, enter: Any, dossier: Dossier) -> None:
    client = enter(cast.neighbour)

    assert client.get(f"/dossiers/{dossier.id}/versions/1/").status_code == 404
    assert client.get(f"/dossiers/{dossier.id}/versions/1..2/").status_code == 404
