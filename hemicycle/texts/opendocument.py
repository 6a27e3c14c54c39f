"""What Pandoc does not read of an OpenDocument text, told to it by private signs: underlining, alignments, captions."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

from hemicycle.texts import private_signs
from hemicycle.texts.grid import MAX_COLUMNS
from hemicycle.texts.office_file import xml_member

_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
_ALIGNMENTS = {"end": "right", "right": "right", "center": "center", "left": "left"}
#: Styles that make a heading of a cell: LibreOffice's own.
_HEADINGS = {"Table_20_Heading"}
#: Styles of captions: Pandoc's, LibreOffice's in English and in French, and the style they all follow.
_CAPTIONS = {"TableCaption", "Table", "Tableau", "Caption", "Drawing", "Illustration"}
_DEEPEST_STYLE = 20


def name(prefixed: str) -> str:
    """« text:p » as lxml names it."""
    prefix, local = prefixed.split(":")
    return f"{{{_NS[prefix]}}}{local}"


@dataclass(frozen=True, kw_only=True)
class Annotated:
    """A file made ready for Pandoc."""

    data: bytes
    #: Member of each image → its alternative text.
    alternatives: dict[str, str]


def annotated(data: bytes) -> Annotated:
    """The file with its private signs. Raises etree.XMLSyntaxError, KeyError for a file that is not what it says."""
    content = xml_member(data, "content.xml")
    styles = Styles(content, _styles_of(data))
    for element in content.iter():
        # Whoever wrote the file may not speak for us.
        element.text = private_signs.FOREIGN.sub("", element.text) if element.text else element.text
        element.tail = private_signs.FOREIGN.sub("", element.tail) if element.tail else element.tail
    for span in content.iter(name("text:span")):
        if styles.underlines(span):
            _enclose(span)
    for properties in content.iter(name("style:text-properties")):
        # Pandoc takes some underlined text for italics.
        properties.attrib.pop(name("style:text-underline-style"), "")
    for first in content.iter(name("text:list-item")):
        _tell_start(first)
    for cell in list(content.iter(name("table:table-cell"))):
        _flatten(cell)
        _annotate_cell(cell, styles)
    for table in content.iter(name("table:table")):
        table.append(_counted_row(_width(table)))
        before = table.getprevious()
        if before is not None and before.tag == name("text:p") and styles.chain(before) & _CAPTIONS:
            before.text = private_signs.CAPTION + (before.text or "")
    return Annotated(data=_with_content(data, content), alternatives=_alternatives(content))


def _styles_of(data: bytes) -> etree._Element | None:
    try:
        return xml_member(data, "styles.xml")
    except (KeyError, etree.XMLSyntaxError):
        return None


class Styles:
    """The styles of a document, automatic and named, with what each inherits."""

    def __init__(self, *sources: etree._Element | None) -> None:
        self._by_name: dict[tuple[str, str], etree._Element] = {}
        for source in sources:
            for style in source.iter(name("style:style")) if source is not None else ():
                key = (style.get(name("style:family")) or "", style.get(name("style:name")) or "")
                self._by_name.setdefault(key, style)

    def _lineage(self, element: etree._Element, family: str) -> list[etree._Element]:
        found: list[etree._Element] = []
        style = self._by_name.get((family, element.get(name("text:style-name")) or ""))
        while style is not None and len(found) < _DEEPEST_STYLE:
            found.append(style)
            style = self._by_name.get((family, style.get(name("style:parent-style-name")) or ""))
        return found

    def chain(self, paragraph: etree._Element) -> set[str]:
        """The names of the style of a paragraph and of those it follows."""
        own = {paragraph.get(name("text:style-name")) or ""}
        parents = {style.get(name("style:parent-style-name")) or "" for style in self._lineage(paragraph, "paragraph")}
        return own | parents

    def alignment(self, paragraph: etree._Element) -> str | None:
        for style in self._lineage(paragraph, "paragraph"):
            properties = style.find(name("style:paragraph-properties"))
            if properties is not None and (align := properties.get(name("fo:text-align"))):
                return _ALIGNMENTS.get(align)
        return None

    def underlines(self, span: etree._Element) -> bool:
        for style in self._lineage(span, "text"):
            properties = style.find(name("style:text-properties"))
            line = properties.get(name("style:text-underline-style")) if properties is not None else None
            if line:
                return line != "none"
        return False


def rows_of(table: etree._Element) -> list[etree._Element]:
    """The rows of a table, those of its head first, in the order in which they stand."""
    rows = [row for part in table for row in ([part] if part.tag == name("table:table-row") else part)]
    return [row for row in rows if row.tag == name("table:table-row")]


def _width(table: etree._Element) -> int:
    """How many columns the table has, counted on its rows."""
    widths = [1]
    for row in rows_of(table):
        cells = row.iterchildren(name("table:table-cell"))
        spans = sum(int(cell.get(name("table:number-columns-spanned")) or 1) for cell in cells)
        repeats = sum(int(cell.get(name("table:number-columns-repeated")) or 1) for cell in row)
        widths.append(max(spans, repeats))
    return min(max(widths), MAX_COLUMNS + 1)


def _counted_row(width: int) -> etree._Element:
    """A row of single cells: Pandoc gives a table as many columns as its fullest row has cells, and drops the rest."""
    row = etree.Element(name("table:table-row"))
    for _ in range(width):
        cell = etree.SubElement(row, name("table:table-cell"))
        etree.SubElement(cell, name("text:p")).text = private_signs.COUNTED
    return row


def _enclose(span: etree._Element) -> None:
    span.text = private_signs.UNDERLINE_ON + (span.text or "")
    if len(span):
        span[-1].tail = (span[-1].tail or "") + private_signs.UNDERLINE_OFF
    else:
        span.text += private_signs.UNDERLINE_OFF


def _tell_start(first: etree._Element) -> None:
    """What the first item of a list says of its number: Pandoc reads styles only."""
    number, paragraph = first.get(name("text:start-value")), first.find(name("text:p"))
    in_a_note = next(first.iterancestors(name("text:note")), None) is not None
    if (
        number
        and not in_a_note
        and first.getprevious() is None
        and paragraph is not None
        and paragraph.getprevious() is None
    ):
        paragraph.text = f"{private_signs.START}{number}{private_signs.START}{paragraph.text or ''}"


def _flatten(cell: etree._Element) -> None:
    """What Pandoc would leave out of a cell with all its words: nested tables, sections and headings."""
    nested = [*cell.iter(name("table:table")), *cell.iter(name("text:section"))]
    for holder in reversed(nested):
        for block in list(holder.iter(name("text:p"), name("text:h"), name("text:list"))):
            if not any(ancestor.tag == name("text:list") for ancestor in block.iterancestors()):
                holder.addprevious(block)
        parent = holder.getparent()
        if parent is not None:
            parent.remove(holder)
    for heading in list(cell.iter(name("text:h"))):
        level = int(heading.get(name("text:outline-level")) or 1)
        heading.tag = name("text:p")
        heading.text = private_signs.HEADINGS[min(level, len(private_signs.HEADINGS)) - 1] + (heading.text or "")


def _annotate_cell(cell: etree._Element, styles: Styles) -> None:
    blocks = [child for child in cell if isinstance(child.tag, str)]
    paragraphs = [block for block in blocks if block.tag == name("text:p")]
    if not paragraphs or blocks[0] is not paragraphs[0]:
        return
    written = [p for p in paragraphs if len(p) or (p.text or "").strip()] or paragraphs[:1]
    aligns = {styles.alignment(paragraph) for paragraph in written}
    align = aligns.pop() if len(aligns) == 1 else None
    signs = private_signs.ALIGNED[align] if align else ""
    if all(styles.chain(paragraph) & _HEADINGS for paragraph in written):
        signs += private_signs.HEADER
    paragraphs[0].text = signs + (paragraphs[0].text or "")


def _alternatives(content: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for frame in content.iter(name("draw:frame")):
        image = frame.find(name("draw:image"))
        href = image.get(name("xlink:href")) if image is not None else None
        said = [frame.findtext(name(tag)) or "" for tag in ("svg:desc", "svg:title")]
        if href:
            found[href.removeprefix("./")] = next((text for text in said if text.strip()), "")
    return found


def _with_content(data: bytes, content: etree._Element) -> bytes:
    """The same file, its text replaced; pictures stay outside, they are read from the original."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        for member in source.infolist():
            if member.filename == "content.xml":
                target.writestr("content.xml", etree.tostring(content, encoding="UTF-8", xml_declaration=True))
            elif member.filename.endswith(".xml") or member.filename == "mimetype":
                target.writestr(member.filename, source.read(member))
    return buffer.getvalue()
