from __future__ import annotations

import json
import re
from typing import Any

import pypandoc  # type: ignore[import-untyped]
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils import timezone

from hemicycle.chain.drafting.actions.save_text import save_text
from hemicycle.dossier.models import Dossier
from hemicycle.texts.tree import clean, digest, plain_text
from hemicycle.web.editor import in_a_form
from tests.cast import Cast
from tests.factories import a_dossier, a_text


def base_of(page: str) -> str:
    found = re.search(r'name="base" value="(\w*)"', page)
    assert found is not None
    return found[1]


def a_word_file(text: str, tmp_path: Any) -> SimpleUploadedFile:
    place = tmp_path / "rapport.docx"
    pypandoc.convert_text(text, "docx", format="markdown", outputfile=str(place))
    return SimpleUploadedFile("rapport.docx", place.read_bytes())


def report_of(dossier: Dossier) -> str:
    dossier.refresh_from_db()
    return plain_text(clean(dossier.report))


@pytest.mark.parametrize("text", ["rapport", "deliberation"])
def test_the_page_opens_on_the_present_text(cast: Cast, enter: Any, text: str) -> None:
    dossier = a_dossier(cast)

    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/{text}/ecrire").content.decode()

    assert "club de Clérande" in page
    assert "Comment mettre en forme" in page


def test_what_is_typed_is_saved(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    address = f"/dossiers/{dossier.id}/rapport/ecrire"
    base = base_of(client.get(address).content.decode())

    answer = client.post(address, {"content": "# Titre\n\nUn **texte** neuf.", "base": base, "save": "1"})

    assert answer.status_code == 302
    assert report_of(dossier) == "Titre\nUn texte neuf."


def test_the_preview_shows_without_saving(cast: Cast, enter: Any, nothing_written: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)

    with nothing_written():
        sent = {"content": "Un **texte** neuf.", "base": "", "preview": "1"}
        answer = client.post(f"/dossiers/{dossier.id}/rapport/ecrire", sent)

    page = answer.content.decode()
    assert "<strong>texte</strong>" in page
    assert "Un **texte** neuf." in page


def test_the_text_of_a_colleague_is_not_overwritten_unknowingly(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    address = f"/dossiers/{dossier.id}/rapport/ecrire"
    base = base_of(client.get(address).content.decode())
    save_text(dossier_id=dossier.id, text="report", content=a_text("Le sien."), agent=cast.colleague, at=timezone.now())

    refused = client.post(address, {"content": "Le mien.", "base": base})
    page = refused.content.decode()
    again = client.post(address, {"content": "Le mien.", "base": base_of(page)})

    assert refused.status_code == 409
    assert "Le sien." in page and "Le mien." in page
    assert again.status_code == 302
    assert report_of(dossier) == "Le mien."


def test_a_text_beyond_the_limits_is_refused_and_kept_on_screen(cast: Cast, enter: Any, nothing_written: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    deep = "\n".join("  " * level + "- puce" for level in range(20))

    with nothing_written():
        answer = client.post(f"/dossiers/{dossier.id}/rapport/ecrire", {"content": deep, "base": ""})

    assert answer.status_code == 409
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_text_too_rich_for_the_markup_is_shown_and_sent_to_the_import(cast: Cast, enter: Any) -> None:
    cell = {"type": "tableCell", "content": [{"type": "bulletList", "content": [
        {"type": "listItem", "content": a_text("Puce")["content"]}]}]}  # fmt: skip
    table = {"type": "table", "content": [{"type": "tableRow", "content": [cell]}]}
    dossier = a_dossier(cast, report=clean({"type": "doc", "content": [table]}))

    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/rapport/ecrire").content.decode()

    assert "trop complexe pour la saisie simple" in page
    assert "<textarea" not in page and "Importer" in page


def test_a_deliberation_is_told_what_it_lacks(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast, deliberation=a_text("Bonjour."))

    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/deliberation/ecrire").content.decode()

    assert "À reprendre avant de soumettre" in page


def test_a_word_file_becomes_the_text_and_its_notes_are_shown(cast: Cast, enter: Any, tmp_path: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    file = a_word_file("Délibération\n\nLe gymnase de Lormet.\n\n![](image.png)", tmp_path)

    answer = client.post(f"/dossiers/{dossier.id}/rapport/importer", {"file": file}, follow=True)

    page = answer.content.decode()
    assert "Le gymnase de Lormet." in report_of(dossier)
    assert "Ce que la lecture du fichier a réglé" in page
    assert "Lignes d’en-tête retirées" in page


def test_an_unreadable_file_is_refused_beside_its_field(cast: Cast, enter: Any, nothing_written: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    file = SimpleUploadedFile("rapport.docx", b"PK\x03\x04 rien")

    with nothing_written():
        answer = client.post(f"/dossiers/{dossier.id}/rapport/importer", {"file": file})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "rapport.docx" in page and "club de Clérande" in page


@pytest.mark.parametrize("address", ["rapport/ecrire", "deliberation/ecrire", "rapport/importer"])
def test_nobody_writes_in_a_dossier_in_its_circuit(cast: Cast, enter: Any, address: str, nothing_written: Any) -> None:
    dossier, client = a_dossier(cast, in_circuit=True), enter(cast.drafter)

    with nothing_written():
        assert client.post(f"/dossiers/{dossier.id}/{address}", {"content": "x"}).status_code == 404


def test_the_digest_of_the_page_is_that_of_the_text(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast)

    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/rapport/ecrire").content.decode()

    assert base_of(page) == digest(clean(dossier.report))


def asked(client: Any, address: str, **sent: Any) -> Any:
    return client.post(address, sent, content_type="application/json")


def test_the_editor_saves_what_it_opened_and_is_told_the_new_base(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    lease = asked(client, f"/dossiers/{dossier.id}/rapport/main", do="take").json()

    address = f"/dossiers/{dossier.id}/rapport/enregistrer"
    answer = asked(client, address, content=a_text("Neuf."), base=lease["base"], lease=lease["lease"])

    dossier.refresh_from_db()
    assert answer.json()["base"] == digest(clean(dossier.report))
    assert report_of(dossier) == "Neuf."


def test_the_editor_is_given_both_texts_when_the_other_moved(cast: Cast, enter: Any, nothing_written: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    base = digest(clean(dossier.report))
    save_text(dossier_id=dossier.id, text="report", content=a_text("Le sien."), agent=cast.colleague, at=timezone.now())

    with nothing_written():
        address = f"/dossiers/{dossier.id}/rapport/enregistrer"
        answer = asked(client, address, content=a_text("Le mien."), base=base)

    told = answer.json()
    assert (answer.status_code, told["reason"]) == (409, "moved")
    assert plain_text(told["content"]) == "Le sien."
    assert "<ins" in told["html"]


def test_whoever_comes_second_is_told_who_writes(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast)
    address = f"/dossiers/{dossier.id}/rapport/main"
    asked(enter(cast.colleague), address, do="take")

    told = asked(enter(cast.drafter), address, do="take").json()

    assert told["lease"] is None
    assert told["writer"]["name"] == cast.colleague.full_name


@pytest.mark.parametrize("body", ["", "{", "[]", "[" * 100_000, '{"content": "\\ud800"}', '{"lease": "x"}'])
def test_what_is_no_request_of_the_editor_is_refused_in_words(
    cast: Cast, enter: Any, body: str, nothing_written: Any
) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)

    with nothing_written():
        for end in ("rapport/enregistrer", "rapport/differences"):
            answer = client.post(f"/dossiers/{dossier.id}/{end}", body, content_type="application/json")
            assert answer.status_code in (400, 409)
            assert answer.json()["sentence"].endswith((".", "page.", "gardé."))


def test_too_much_at_once_is_refused_in_one_sentence(cast: Cast, enter: Any, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    dossier, client = a_dossier(cast), enter(cast.drafter)

    answer = asked(client, f"/dossiers/{dossier.id}/rapport/enregistrer", content=a_text("a" * 2000))

    assert answer.status_code == 413
    assert "dépasse 12 Mo" in answer.json()["sentence"]


def test_a_half_character_neither_breaks_nor_passes(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    base = digest(clean(dossier.report))
    body = json.dumps({"base": base, "content": a_text("a\ud800b")})

    answer = client.post(f"/dossiers/{dossier.id}/rapport/enregistrer", body, content_type="application/json")

    assert answer.status_code in (200, 409)


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_a_text_is_fetched_as_a_file(cast: Cast, enter: Any, suffix: str) -> None:
    dossier = a_dossier(cast)

    answer = enter(cast.head_of_service).get(f"/dossiers/{dossier.id}/rapport/texte.{suffix}")

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


def test_the_editor_may_stand_in_a_form(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    editor = in_a_form(dossier, "report", clean(dossier.report), cast.legal)
    page = render_to_string("drafting/_editor.html", {"editor": editor, "name": "le rapport"})

    assert '<input type="hidden" name="content">' in page
    assert "save" not in editor.config["urls"]
