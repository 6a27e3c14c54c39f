"""« Modèles des actes »: what is printed, written beside the page that it gives."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hemicycle.chain.printing.models import ModelVersion
from hemicycle.rendering.model_kinds import KINDS
from tests.cast import Cast
from tests.chain.printing.models import drafted, published
from tests.factories import a_dossier
from tests.rendering.reading import words
from tests.rendering.test_models import ALL, SVG

pytestmark = pytest.mark.django_db

URL = "/administration/modeles-des-actes"


def sent(**more: Any) -> dict[str, Any]:
    origin = {f"t_{w.key}": w.origin for w in KINDS["deliberation"].words}
    return {**origin, "order": list(ALL), "shown": list(ALL), "height": "16", "seen": "0", **more}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_page_with_its_texts_its_blocks_and_its_pages(cast: Cast, enter: Any, kind: str) -> None:
    page = enter(cast.clerk).get(f"{URL}/{kind}").content.decode()

    assert KINDS[kind].label in page and "modèle d’origine" in page
    assert all(part.label in page for part in KINDS[kind].parts)
    assert f"{URL}/{kind}/apercu/1.png" in page


def test_a_draft_is_written_and_seen_without_being_in_force(cast: Cast, enter: Any) -> None:
    browser = enter(cast.clerk)

    answer = browser.post(f"{URL}/deliberation", sent(t_formula="Le conseil départemental,"))

    assert answer.status_code == 302
    pdf = browser.get(f"{URL}/deliberation/apercu.pdf?version=1").content
    assert "Le conseil départemental," in words(pdf)
    assert "Un brouillon attend d’être publié" in browser.get(f"{URL}/deliberation").content.decode()


def test_a_block_moves_by_a_button(cast: Cast, enter: Any) -> None:
    enter(cast.clerk).post(f"{URL}/deliberation", sent(move="appeal:monter"))

    parts = ModelVersion.objects.get().content["parts"]
    assert parts.index("appeal") == parts.index("signatures") - 1


def test_what_is_refused_is_said_beside_its_field_and_nothing_typed_is_lost(cast: Cast, enter: Any) -> None:
    facts = sent(t_footer="{montant}", t_formula="Le conseil,", shown=[p for p in ALL if p != "vote"])

    answer = enter(cast.clerk).post(f"{URL}/deliberation", facts)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "n’existe pas ici" in page and "L. 3121-14" in page
    assert 'value="Le conseil,"' in page
    assert not ModelVersion.objects.exists()


def test_a_logo_without_words_is_refused_then_taken(cast: Cast, enter: Any) -> None:
    browser = enter(cast.clerk)

    refused = browser.post(f"{URL}/deliberation", sent(logo=SimpleUploadedFile("b.svg", SVG)))
    taken = browser.post(f"{URL}/deliberation", sent(logo=SimpleUploadedFile("b.svg", SVG), alt="Le blason"))

    assert (refused.status_code, taken.status_code) == (409, 302)
    assert "Retirer le logo" in browser.get(f"{URL}/deliberation").content.decode()


def test_the_result_is_seen_with_the_facts_of_a_real_dossier(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast, adopted=True, object="Le gymnase de Lormet")
    browser = enter(cast.clerk)

    page = browser.get(f"{URL}/deliberation?sur={dossier.id}").content.decode()
    pdf = browser.get(f"{URL}/deliberation/apercu.pdf?version=0&sur={dossier.id}").content

    assert f'value="{dossier.id}" selected' in page
    assert "Le gymnase de Lormet" in words(pdf)


@pytest.mark.parametrize("subject", ["rien", "00000000-0000-0000-0000-000000000000"])
def test_a_dossier_that_does_not_exist_gives_the_fictional_document(cast: Cast, enter: Any, subject: str) -> None:
    assert enter(cast.clerk).get(f"{URL}/deliberation/apercu.pdf?sur={subject}").content.startswith(b"%PDF")


@pytest.mark.parametrize("address", ["apercu.pdf?version=9", "apercu/9.png", "apercu/0.png"])
def test_a_version_or_a_page_that_does_not_exist_is_not_found(cast: Cast, enter: Any, address: str) -> None:
    assert enter(cast.clerk).get(f"{URL}/deliberation/{address}").status_code == 404


def test_a_draft_is_published_then_an_older_version_taken_up(cast: Cast, enter: Any) -> None:
    draft = drafted(cast, texts={"footer": "{numero}"}, at=timezone.now())
    browser = enter(cast.clerk)

    browser.post(f"{URL}/deliberation/publier", {"valid_from": f"{timezone.localdate()}", "seen": draft.revision})
    browser.post(f"{URL}/deliberation/versions/0/reprendre")

    page = browser.get(f"{URL}/deliberation").content.decode()
    assert "En vigueur : <b>version 1</b>" in page
    assert "Publier la version 2" in page


def test_a_past_day_is_refused_on_the_page(cast: Cast, enter: Any) -> None:
    draft = drafted(cast, at=timezone.now())

    answer = enter(cast.clerk).post(f"{URL}/deliberation/publier", {"valid_from": "2020-01-01", "seen": draft.revision})

    assert answer.status_code == 409 and "un jour passé" in answer.content.decode()


def test_the_list_says_what_is_in_force_and_what_waits(cast: Cast, enter: Any) -> None:
    published(cast, valid_from=timezone.localdate(), at=timezone.now())
    drafted(cast, "agenda", at=timezone.now())

    page = enter(cast.auditor).get(URL).content.decode()

    assert "version 1" in page and "à publier" in page
    assert f'href="{URL}/agenda"' not in page
