"""The office files of the corpus: imported with their structure, exported, and imported again unchanged."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from hemicycle.texts.export import to_docx, to_odt
from hemicycle.texts.reading import Reading, read_document
from hemicycle.texts.tree import clean, words
from tests.texts.outline import outline

GOLDEN = Path(__file__).parent / "golden"
FILES = [
    "affaires/07-02-voirie/deliberation.odt",
    "affaires/07-02-voirie/rapport.odt",
    "affaires/13-01-sport-adapte/annexes/avenant.odt",
    "affaires/13-01-sport-adapte/deliberation.docx",
    "affaires/13-01-sport-adapte/rapport.docx",
    "fichiers/arrete_articles.docx",
    "fichiers/document_libre_office.odt",
    "fichiers/document_ooxml.docx",
    "fichiers/document_rtf.rtf",
]


def _read(shared: Path, name: str) -> Reading:
    if name.endswith(".rtf"):
        _needs_libreoffice()
    path = shared / "corpus" / name
    return read_document(path.read_bytes(), path.name)


def _needs_libreoffice() -> None:
    if shutil.which("soffice") is None:
        pytest.skip("needs soffice (libreoffice-writer)")


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_corpus_is_imported_with_its_structure(shared: Path, name: str) -> None:
    golden = GOLDEN / f"{'-'.join(Path(name).parts[-2:]).replace('.', '-')}.txt"

    read = outline(_read(shared, name).doc)

    assert read == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_corpus_exported_is_read_back_unchanged(shared: Path, name: str) -> None:
    source = _read(shared, name)

    in_word = read_document(to_docx(source.doc, title="Essai", images=source.images), "essai.docx")
    in_opendocument = read_document(to_odt(source.doc, title="Essai", images=source.images), "essai.odt")

    assert clean(source.doc) == source.doc
    assert outline(in_word.doc) == outline(source.doc)
    assert in_word.doc == source.doc
    assert outline(in_opendocument.doc) == outline(source.doc)
    assert in_opendocument.doc == source.doc


def test_a_word_97_file_is_read_through_libreoffice(shared: Path, tmp_path: Path) -> None:
    _needs_libreoffice()
    source = shared / "corpus/affaires/13-01-sport-adapte/rapport.docx"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", tmp_path, source],
        check=True,
        capture_output=True,
        timeout=60,
    )

    reading = read_document((tmp_path / "rapport.doc").read_bytes(), "rapport.doc")

    assert reading.media_type == "application/msword"
    assert words(reading.doc) == words(_read(shared, "affaires/13-01-sport-adapte/rapport.docx").doc)
    assert [block["type"] for block in reading.doc["content"]].count("table") == 1
