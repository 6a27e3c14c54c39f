"""What Pandoc does not write of an OpenDocument text: headings of rows, alignments, covered cells, descriptions."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from hemicycle.texts.images import images_of
from hemicycle.texts.inline import Node
from hemicycle.texts.opendocument import Styles, name, rows_of
from hemicycle.texts.tree import Doc

#: Styles of the plain paragraphs of a cell, as Pandoc writes them.
_OF_CELLS = {"Table_20_Contents", "Table_20_Heading"}


def completed(data: bytes, doc: Doc) -> bytes:
    """The content.xml that Pandoc wrote of a document, with what it left out.

    The alternative text of each image, the headings of rows, the alignment of cells, and the cells that merged
    cells cover (OpenDocument 1.3, part 3, § 9.1.5), without which LibreOffice shows a merged table askew.
    """
    content = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    frames = [frame for frame in content.iter(name("draw:frame")) if frame.find(name("draw:image")) is not None]
    for frame, image in zip(frames, images_of(doc), strict=False):
        for old in frame.findall(name("svg:desc")):
            frame.remove(old)
        etree.SubElement(frame, name("svg:desc")).text = image["attrs"]["alt"]
    cells, styles = list(content.iter(name("table:table-cell"))), Styles(content)
    for element, cell in zip(cells, _cells(doc), strict=True):
        _set_cell(element, cell, styles)
    _add_cell_styles(content)
    for element, ordered in zip(content.iter(name("text:list")), _lists(doc), strict=False):
        item = element.find(name("text:list-item"))
        if item is not None and ordered["type"] == "orderedList":
            item.set(name("text:start-value"), str(ordered["attrs"]["start"]))
    for table in content.iter(name("table:table")):
        _cover(table)
    return etree.tostring(content, encoding="UTF-8", xml_declaration=True)


def _cells(node: Node) -> Iterator[Node]:
    if node["type"] in ("tableCell", "tableHeader"):
        yield node
    for child in node.get("content", ()):
        yield from _cells(child)


def _lists(node: Node) -> Iterator[Node]:
    if node["type"] in ("bulletList", "orderedList"):
        yield node
    for child in node.get("content", ()):
        yield from _lists(child)


def _cell_style(kind: str, align: str | None) -> str:
    return f"{kind}{(align or 'free').capitalize()}"


def _set_cell(element: etree._Element, cell: Node, styles: Styles) -> None:
    style = _cell_style(cell["type"], cell["attrs"]["align"])
    for paragraph in element.iterchildren(name("text:p")):
        if styles.chain(paragraph) & _OF_CELLS:
            paragraph.set(name("text:style-name"), style)


def _add_cell_styles(content: etree._Element) -> None:
    """Automatic styles for each kind of cell and alignment, on LibreOffice's own two."""
    styles = content.find(name("office:automatic-styles"))
    if styles is None:
        return
    for kind, parent in (("tableCell", "Table_20_Contents"), ("tableHeader", "Table_20_Heading")):
        for align in (None, "left", "right", "center"):
            style = etree.SubElement(styles, name("style:style"))
            style.set(name("style:name"), _cell_style(kind, align))
            style.set(name("style:family"), "paragraph")
            style.set(name("style:parent-style-name"), parent)
            if align:
                properties = etree.SubElement(style, name("style:paragraph-properties"))
                properties.set(name("fo:text-align"), {"right": "end"}.get(align, align))
                properties.set(name("style:justify-single-word"), "false")


def _cover(table: etree._Element) -> None:
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(rows_of(table)):
        column = 0
        for cell in list(row):
            while (number, column) in covered:
                cell.addprevious(etree.Element(name("table:covered-table-cell")))
                column += 1
            wide, high = (int(cell.get(name(f"table:number-{side}-spanned")) or 1) for side in ("columns", "rows"))
            covered |= {(number + down, column + right) for down in range(high) for right in range(wide)}
            for _ in range(wide - 1):
                cell.addnext(etree.Element(name("table:covered-table-cell")))
            column += wide
        while (number, column) in covered:
            etree.SubElement(row, name("table:covered-table-cell"))
            column += 1
