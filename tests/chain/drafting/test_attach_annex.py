"""Attaching an annex: what is let in, what is not, and what becomes of a text written in a word processor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hemicycle.chain.drafting import annexing, rules
from hemicycle.chain.drafting.actions.attach_annex import AnnexRefused, attach_annex
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting import files
from tests.chain.drafting.test_keep_image import a_png
from tests.factories import a_dossier
from tests.rendering.reading import words
from tests.texts.office import docx, odt, w_p, w_r, zipped

pytestmark = pytest.mark.django_db

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def attached(cast: Cast, dossier: Dossier, data: bytes, filename: str = "convention.pdf", **given: Any) -> Attachment:
    fields: dict[str, Any] = {"title": "Convention", "to_control": True, "agent": cast.drafter, "at": NOON}
    return attach_annex(dossier_id=dossier.id, data=data, filename=filename, **(fields | given))


def test_a_pdf_is_kept_byte_for_byte_at_the_end_of_the_list(cast: Cast) -> None:
    dossier = a_dossier(cast)
    attached(cast, dossier, files.a_pdf(), title="Plan")

    annex = attached(cast, dossier, files.a_pdf(2), title="  Convention  d’objectifs ")

    assert attachments.read(annex) == files.a_pdf(2)
    assert files.titles(dossier) == ["Plan", "Convention d’objectifs"]
    assert (annex.order, annex.to_control, annex.type_code, annex.published) == (2, True, "99_DE", True)
    assert annex.derived_from is None


@pytest.mark.parametrize(("nature", "usual"), [("AR", "99_AR"), ("AI", "99_AI"), ("AU", "99_AU")])
def test_an_annex_is_filed_under_the_types_of_its_nature_of_act(cast: Cast, nature: str, usual: str) -> None:
    dossier = a_dossier(cast, nature=nature, body="")

    annex = attached(cast, dossier, files.a_pdf())

    assert annex.type_code == usual
    with pytest.raises(AnnexRefused, match="pour la nature"):
        attached(cast, dossier, files.a_pdf(2), type_code="99_DE")


def test_the_journal_names_the_file_and_its_digest(cast: Cast) -> None:
    annex = attached(cast, a_dossier(cast), files.a_pdf(), agent=cast.colleague, to_control=False)

    assert told.by(cast.colleague, "drafter", "drafting.annex_attached")
    assert told.last()["facts"] == {
        "title": "Convention",
        "file": "convention.pdf",
        "sha256": annex.sha256,
        "to_control": False,
    }


@pytest.mark.parametrize(
    ("data", "filename", "media_type"),
    [
        (files.PNG, "plan.PNG", "image/png"),
        (files.JPEG, "photo.jpeg", "image/jpeg"),
        (b'<?xml version="1.0"?><budget/>', "budget.xml", "text/xml"),
    ],
)
def test_images_and_xml_are_let_in_for_what_they_are(cast: Cast, data: bytes, filename: str, media_type: str) -> None:
    annex = attached(cast, a_dossier(cast), data, filename)

    assert (annex.media_type, annex.name) == (media_type, filename)


@pytest.mark.parametrize(
    ("data", "filename"),
    [(odt("<text:p>Article premier de l’avenant.</text:p>"), "avenant.odt"),
     (docx(w_p(w_r("Article premier de l’avenant."))), "avenant.docx")],
    ids=["odt", "docx"],
)  # fmt: skip
def test_a_text_of_a_word_processor_is_set_as_pdf_and_its_original_kept(cast: Cast, data: bytes, filename: str) -> None:
    dossier = a_dossier(cast)

    annex = attached(cast, dossier, data, filename, title="Avenant")

    assert (annex.name, annex.media_type) == ("avenant.pdf", "application/pdf")
    assert "Article premier de l'avenant." in words(attachments.read(annex))
    source = annex.derived_from
    assert source is not None
    assert (source.kind, source.name, source.published, source.to_control) == ("source", filename, False, False)
    assert attachments.read(source) == data
    assert attachments.annexes_of(dossier) == [annex]


def test_the_annexes_of_the_corpus_are_let_in(cast: Cast, shared: Path) -> None:
    dossier = a_dossier(cast)
    paths = sorted((shared / "corpus" / "affaires").glob("*/annexes/*"))

    for path in paths:
        attached(cast, dossier, path.read_bytes(), path.name, title=path.stem)

    assert len(paths) >= 3
    assert {a.media_type for a in attachments.annexes_of(dossier)} == {"application/pdf"}


@pytest.mark.parametrize(
    ("data", "filename", "sentence"),
    [
        (b"", "vide.pdf", "« vide.pdf » est vide"),
        (files.a_locked_pdf(opens=False), "secret.pdf", "« secret.pdf » ne peut pas être joint : il est protégé"),
        (files.a_locked_pdf(opens=True), "verrou.pdf", "« verrou.pdf » ne peut pas être joint : il est chiffré"),
        (files.a_pdf_that_runs(), "actif.pdf", "« actif.pdf » ne peut pas être joint : il contient un programme"),
        (files.a_pdf_that_carries(), "sac.pdf", "« sac.pdf » ne peut pas être joint : il contient des fichiers joints"),
        (b"%PDF-1.7 coup\xc3\xa9", "coupe.pdf", "« coupe.pdf » ne peut pas être joint : il est illisible"),
        (files.PNG, "plan.pdf", "« plan.pdf » contient en réalité un document .png"),
        (odt("<text:p>x</text:p>"), "avenant.pdf", "« avenant.pdf » contient en réalité un document .odt"),
        (b"MZ\x90\x00", "outil.exe", "« outil.exe » n’est d’aucun type accepté"),
        (b"<!DOCTYPE html><html>", "page.xml", "« page.xml » n’est d’aucun type accepté"),
        (zipped({"a.txt": "x"}), "lot.zip", "« lot.zip » n’est d’aucun type accepté"),
        (b"PK\x03\x04tronqu", "lot.docx", "« lot.docx » n’est d’aucun type accepté"),
        (_OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "p.docx", "« p.docx » est protégé"),
        (docx(w_p(w_r("x")), {"word/vbaProject.bin": b"x"}), "macros.docx", "« macros.docx » contient des macros"),
        (odt("<text:p>x</text:p>", manifest="<m:encryption-data/>"), "cle.odt", "« cle.odt » .* mot de passe"),
        (docx(w_p()), "blanc.docx", "« blanc.docx » ne contient aucun texte"),
        (b"%PDF", "\x00/", "Le fichier n’a pas de nom"),
        (docx(w_p(w_r("x"))), "macros.docm", "« macros.docm » est fait pour contenir des macros"),
        (files.a_pdf_that_launches(), "lance.pdf", "« lance.pdf » ne peut pas être joint : il contient le lancement"),
        (a_png(60_001, 60_001), "geant.png", "« geant.png » ne peut pas être joint : l’image mesure 60.001"),
        (files.PNG[:-20], "coupe.png", "« coupe.png » ne peut pas être joint : l’image est abîmée"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "x.xml", "« x.xml » ne peut pas"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value and " " not in value else "",
)  # fmt: skip
def test_a_file_that_cannot_be_an_annex_is_refused_by_name(
    cast: Cast, data: bytes, filename: str, sentence: str, nothing_written: Any
) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(AnnexRefused, match=sentence) as refusal, nothing_written():
        attached(cast, dossier, data, filename)

    assert refusal.value.field == "file"
    assert str(refusal.value).count("\n") == 0


def test_one_file_has_a_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    monkeypatch.setattr(rules, "MAX_ANNEX", 100)

    with pytest.raises(AnnexRefused, match=r"« convention\.pdf » pèse"), nothing_written():
        attached(cast, dossier, files.a_pdf())


def test_all_annexes_together_have_the_limit_of_the_prefecture(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, nothing_written: Any
) -> None:
    dossier = a_dossier(cast)
    attached(cast, dossier, files.a_pdf())
    monkeypatch.setattr(annexing, "MAX_TRANSMISSION", len(files.a_pdf()) + 10)

    with pytest.raises(AnnexRefused, match=r"« convention\.pdf », l’acte et ses annexes"), nothing_written():
        attached(cast, dossier, files.a_pdf())


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"title": " "}, "title", "Donnez un titre à l’annexe « convention.pdf »"),
        ({"type_code": "ZZ_ZZ"}, "type_code", "Le type de pièce « ZZ_ZZ » n’existe pas"),
        ({"type_code": "beaucoup trop long"}, "type_code", "Le type de pièce"),
    ],
)
def test_a_bad_field_is_refused_by_its_name(
    cast: Cast, given: dict[str, Any], field: str, sentence: str, nothing_written: Any
) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(AnnexRefused, match=sentence) as refusal, nothing_written():
        attached(cast, dossier, files.a_pdf(), **given)

    assert refusal.value.field == field


@pytest.mark.parametrize("who", ["neighbour", "head_of_service", "legal", "outsider"])
def test_whoever_does_not_write_the_dossier_is_refused(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        attached(cast, dossier, files.a_pdf(), agent=getattr(cast, who))


@pytest.mark.parametrize("trait", ["in_circuit", "on_agenda", "published"])
def test_annexes_are_frozen_once_in_the_circuit(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(TextFrozen), nothing_written():
        attached(cast, dossier, files.a_pdf())


def test_a_long_name_is_shortened_with_its_extension_and_a_newline_taken_out(cast: Cast) -> None:
    annex = attached(cast, a_dossier(cast), files.a_pdf(), "Convention\nde " + "très " * 60 + "longue.pdf")

    assert len(annex.name) == 150
    assert annex.name.startswith("Conventionde très") and annex.name.endswith("….pdf")


def test_the_words_of_a_name_are_the_title_of_an_annex_without_one() -> None:
    assert rules.title_of("C:\\Plans\\plan_de_situation.v2.pdf") == "plan de situation.v2"
    assert len(rules.title_of("mot " * 100 + ".pdf")) <= 250


def test_a_confidential_annex_is_neither_published_nor_in_the_booklet(cast: Cast) -> None:
    annex = attached(cast, a_dossier(cast), files.a_pdf(), confidential=True, published=True, in_booklet=True)

    assert (annex.confidential, annex.published, annex.in_booklet, annex.pages) == (True, False, False, 1)


def test_what_is_not_transmitted_weighs_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annexing, "MAX_TRANSMISSION", 10)

    assert attached(cast, a_dossier(cast), files.a_pdf(), to_control=False).order == 1


def test_a_text_that_would_fill_the_memory_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(AnnexRefused, match=r"« bombe\.docx » contient trop de données"), nothing_written():
        attached(cast, dossier, files.a_bomb(), "bombe.docx")
