"""Files that are not taken: each refused by one sentence that names the file."""

from __future__ import annotations

import pytest

from hemicycle.texts import libreoffice
from hemicycle.texts.reading import read_document
from hemicycle.texts.refusal import TextRefused
from tests.texts.office import docx, odt, w_p, w_r, zipped

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_WORD_97 = _OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le")
_BODY = w_p(w_r("texte"))
_PARAGRAPH = "<text:p>texte</text:p>"


def _macro_types() -> str:
    return '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.docx", "est vide"),
        (b"PK" + b"\0" * 20_000_000, "a.docx", "dépasse 20 Mo"),
        (b"n'importe quoi", "a.docx", "n’est pas un document"),
        (b"PK\x03\x04tronqu", "a.docx", "illisible"),
        (docx(_BODY)[:-40], "a.docx", "illisible"),
        (_OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "a.docx", "mot de passe"),
        (_OLE + b"\0" * 600, "a.doc", "n’est pas un document Word"),
        (_WORD_97, "a.docx", "est en réalité un document .doc"),
        (_WORD_97 + "_VBA_PROJECT".encode("utf-16-le"), "a.doc", "contient des macros"),
        (_WORD_97 + b"\0" * (1024 - len(_WORD_97)) + b"\xec\xa5" + b"\1" * 20, "a.doc", "mot de passe"),
        (b"{\\rtf1 texte}", "a.doc", "est en réalité un document .rtf"),
        (b"{\\rtf1 texte}", "a.odt", "est en réalité un document .rtf"),
        (b"%PDF-1.7", "a.docx", "est un PDF"),
        (docx(_BODY, {"word/vbaProject.bin": b"x"}), "a.docm", "contient des macros"),
        (docx(_BODY, {"[Content_Types].xml": _macro_types()}), "a.docx", "contient des macros"),
        (odt(_PARAGRAPH, {"Basic/Standard/Module1.xml": "<x/>"}), "a.odt", "contient des macros"),
        (odt(_PARAGRAPH, manifest="<m:encryption-data/>"), "a.odt", "mot de passe"),
        (docx(_BODY), "a.odt", "est en réalité un document .docx"),
        (odt(_PARAGRAPH), "a.docx", "est en réalité un document .odt"),
        (zipped({"autre.txt": "x"}), "a.docx", "n’est pas un document Word"),
        (docx(w_p()), "a.docx", "aucun texte"),
        (docx(_BODY, {"word/document.xml": "<w:document"}), "a.docx", "illisible"),
        (docx(_BODY, {"word/styles.xml": '<!DOCTYPE x [<!ENTITY e "e">]><x/>'}), "a.docx", "illisible"),
        (docx(_BODY, {"word/media/a.bmp": bytes(201_000_000)}), "a.docx", "trop de données"),
        (docx(_BODY, {"word/gros.xml": bytes(41_000_000)}), "a.docx", "trop de données"),
        (docx("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 80 + f"<w:tc>{_BODY}</w:tc></w:tr></w:tbl>"), "a.docx", "60"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_a_file_that_cannot_be_taken_is_refused_by_name(data: bytes, name: str, said: str) -> None:
    with pytest.raises(TextRefused, match=said) as refusal:
        read_document(data, name)

    assert f"« {name} »" in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_without_libreoffice_an_rtf_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)

    with pytest.raises(TextRefused, match=r"au format \.rtf, que ce serveur ne sait pas convertir"):
        read_document(b"{\\rtf1 texte}", "a.rtf")


def test_a_hostile_name_is_printed_short_and_on_one_line() -> None:
    with pytest.raises(TextRefused) as refusal:
        read_document(b"", "../../" + "x" * 300 + "\n\u202edocx.exe")

    assert "\n" not in str(refusal.value)
    assert "\u202e" not in str(refusal.value)
    assert "/" not in str(refusal.value)
    assert len(str(refusal.value)) < 200
