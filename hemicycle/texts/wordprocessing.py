"""What Pandoc does not read of a Word file, told to it by private signs: headings of rows, captions of tables."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from hemicycle.texts import private_signs
from hemicycle.texts.office_file import xml_member

#: Word knows header rows, and no header cell; a paragraph in this style heads its row.
ROW_HEADING = "Titre de ligne"
_STYLE = ROW_HEADING.replace(" ", "")
#: Styles of captions: Pandoc's, then Word's, whose identifier keeps the language it was made in.
_CAPTIONS = {"TableCaption", "Caption", "Lgende", "Légende"}
_DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def annotated(data: bytes) -> bytes:
    """The file with its private signs; the file itself where there are none. Raises etree.XMLSyntaxError, KeyError."""
    document = xml_member(data, _DOCUMENT)
    spoken = False
    markless = _markless(data)
    for written in document.iter(f"{_W}t"):
        if written.text and private_signs.FOREIGN.search(written.text):
            # Whoever wrote the file may not speak for us.
            written.text, spoken = private_signs.FOREIGN.sub("", written.text), True
    for paragraph in document.iter(f"{_W}p"):
        style, number = (paragraph.find(f"{_W}pPr/{path}") for path in (f"{_W}pStyle", f"{_W}numPr/{_W}numId"))
        if number is not None and number.get(f"{_W}val") in markless:
            spoken = True
            paragraph.insert(1, _run(private_signs.CONTINUES))
        sign = _sign(paragraph, style.get(f"{_W}val") or "") if style is not None else ""
        if sign and style is not None:
            spoken = True
            style.set(f"{_W}val", "BodyText")
            paragraph.insert(1, _run(sign))
    return _with_document(data, document) if spoken else data


def _markless(data: bytes) -> set[str]:
    """The lists whose bullet is a space: so Pandoc writes the further paragraphs of an item."""
    try:
        numbering = xml_member(data, "word/numbering.xml")
    except (KeyError, etree.XMLSyntaxError):
        return set()
    blank = {
        str(definition.get(f"{_W}abstractNumId"))
        for definition in numbering.iter(f"{_W}abstractNum")
        if {text.get(f"{_W}val") for text in definition.iter(f"{_W}lvlText")} == {" "}
    }
    return {
        str(number.get(f"{_W}numId"))
        for number in numbering.iter(f"{_W}num")
        for definition in number.iterchildren(f"{_W}abstractNumId")
        if definition.get(f"{_W}val") in blank
    }


def _sign(paragraph: etree._Element, style: str) -> str:
    """What the style of a paragraph says, where it stands."""
    holder, after = paragraph.getparent(), paragraph.getnext()
    if style == _STYLE and holder is not None and holder.tag == f"{_W}tc":
        return private_signs.HEADER if holder.find(f"{_W}p") is paragraph else ""
    if style in _CAPTIONS and after is not None and after.tag == f"{_W}tbl":
        for properties in after.iterchildren(f"{_W}tblPr"):
            # The same words, which Word reads out: one caption is enough.
            etree.strip_elements(properties, f"{_W}tblCaption", with_tail=False)
        return private_signs.CAPTION
    return ""


def _run(words: str) -> etree._Element:
    run = etree.Element(f"{_W}r")
    written = etree.SubElement(run, f"{_W}t")
    written.text = words
    written.set(_SPACE, "preserve")
    return run


def _with_document(data: bytes, document: etree._Element) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        for member in source.infolist():
            if member.filename == _DOCUMENT:
                target.writestr(_DOCUMENT, etree.tostring(document, encoding="UTF-8", xml_declaration=True))
            else:
                target.writestr(member.filename, source.read(member))
    return buffer.getvalue()
