"""The texts as office files: .docx and .odt, which `read_document` reads back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape

from hemicycle.texts import opendocument_writing, pandoc, pandoc_writing, wordprocessing
from hemicycle.texts.office_file import Kind
from hemicycle.texts.tree import Doc

#: Where each format says the title of the document.
_TITLED = {"docx": "docProps/core.xml", "odt": "meta.xml"}
_TITLE = re.compile(rb"<dc:title\s*/>|<dc:title>.*?</dc:title>", re.S)


def to_docx(doc: Doc, *, title: str, images: Mapping[str, bytes] | None = None) -> bytes:
    """The clean document as a Word file of this title. `images`: SHA-256 → bytes. Raises TextRefused."""
    return _exported(doc, "docx", title, images or {})


def to_odt(doc: Doc, *, title: str, images: Mapping[str, bytes] | None = None) -> bytes:
    """The clean document as an OpenDocument text of this title. `images`: SHA-256 → bytes. Raises TextRefused."""
    return _exported(doc, "odt", title, images or {})


def _exported(doc: Doc, kind: Kind, title: str, images: Mapping[str, bytes]) -> bytes:
    tree = pandoc_writing.syntax_tree(doc, images, wordprocessing.ROW_HEADING if kind == "docx" else "")
    return _completed(pandoc.written(tree, kind), kind, title, doc)


def _completed(made: bytes, kind: Kind, title: str, doc: Doc) -> bytes:
    """The file with its title among its properties: Pandoc would also print it above the text."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(buffer, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == _TITLED[kind]:
                content = _TITLE.sub(f"<dc:title>{escape(title)}</dc:title>".encode(), content)
            if member.filename == "content.xml":
                content = opendocument_writing.completed(content, doc)
            # The type of an OpenDocument is read uncompressed, at the head of the file.
            stored = member.filename == "mimetype"
            target.writestr(member, content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
