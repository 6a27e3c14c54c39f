"""From the text tree to Pandoc's syntax tree, whose writers make the office files."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hemicycle.texts import grid
from hemicycle.texts.inline import NBSP, Node
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import Doc

Element = dict[str, Any]

API_VERSION = [1, 23, 1]
_NO_ATTRIBUTES: list[Any] = ["", [], []]
_EMPHASIS = {
    "bold": "Strong",
    "italic": "Emph",
    "underline": "Underline",
    "superscript": "Superscript",
    "subscript": "Subscript",
}
_ALIGNMENTS = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter", None: "AlignDefault"}
_EMPTY: list[Node] = [{"type": "paragraph", "content": []}]
#: Inches: the width of the text for an image; under that of Pandoc's pages, where a wider one is cut down.
TEXT_WIDTH = 5.5


def syntax_tree(doc: Doc, images: Mapping[str, bytes], heading_style: str) -> dict[str, Any]:
    """Pandoc's tree of a clean document. `images`: SHA-256 → bytes; `heading_style`: of the headings of rows, if any.

    Raises TextRefused where an image is missing.
    """
    blocks = _Writer(images, heading_style).blocks(doc["content"])
    return {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}


class _Writer:
    def __init__(self, images: Mapping[str, bytes], heading_style: str) -> None:
        self.images = images
        self.heading_style = heading_style
        self._by_type: dict[str, Callable[[Node], Element]] = {
            "paragraph": lambda node: {"t": "Para", "c": inlines(node["content"], self)},
            "heading": self._heading,
            "bulletList": lambda node: {"t": "BulletList", "c": self._items(node)},
            "orderedList": self._ordered,
            "blockquote": lambda node: {"t": "BlockQuote", "c": self.blocks(node["content"])},
            "table": self._table,
            "image": self._image,
        }

    def blocks(self, nodes: list[Node]) -> list[Element]:
        return [self._by_type[node["type"]](node) for node in nodes]

    def _heading(self, node: Node) -> Element:
        return {"t": "Header", "c": [node["attrs"]["level"], _NO_ATTRIBUTES, inlines(node["content"], self)]}

    def _items(self, node: Node) -> list[list[Element]]:
        return [self.blocks(item["content"]) for item in node["content"]]

    def _ordered(self, node: Node) -> Element:
        style = [node["attrs"]["start"], {"t": "Decimal"}, {"t": "Period"}]
        return {"t": "OrderedList", "c": [style, self._items(node)]}

    def _image(self, node: Node) -> Element:
        attrs = node["attrs"]
        data = self.images.get(attrs["sha256"])
        if data is None:
            raise TextRefused(f"L’image « {attrs['alt'][:60]} » n’a pas été retrouvée ; insérez-la de nouveau.")
        kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
        address = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
        size = ["", [], [["width", f"{TEXT_WIDTH * attrs['width'] / 100:.3f}in"]]]
        alternative = list(_words(attrs["alt"]))
        return {"t": "Para", "c": [{"t": "Image", "c": [size, alternative, [address, ""]]}]}

    def _table(self, node: Node) -> Element:
        rows = grid.columns_of(node["content"])
        width = max((column + cell["attrs"]["colspan"] for row in rows for column, cell in row), default=1)
        headers = grid.header_rows(rows)
        caption = [{"t": "Plain", "c": list(_words(node["attrs"]["caption"]))}] if node["attrs"]["caption"] else []
        columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": round(1 / width, 4)}] for _ in range(width)]
        written = [
            [_NO_ATTRIBUTES, [self._cell(cell, said=rank < headers) for _, cell in row]]
            for rank, row in enumerate(rows)
        ]
        body = [_NO_ATTRIBUTES, 0, [], written[headers:]]
        return {
            "t": "Table",
            "c": [
                _NO_ATTRIBUTES,
                [None, caption],
                columns,
                [_NO_ATTRIBUTES, written[:headers]],
                [body],
                [_NO_ATTRIBUTES, []],
            ],
        }

    def _cell(self, cell: Node, *, said: bool) -> list[Any]:
        """A cell; `said`, its row says that it is a header."""
        attrs = cell["attrs"]
        align = {"t": _ALIGNMENTS[attrs["align"]]}
        blocks = self.blocks(cell["content"])
        if cell["content"] == _EMPTY:
            # Pandoc forgets what it is to say of a cell without words.
            blocks = [{"t": "Para", "c": [{"t": "Str", "c": NBSP}]}]
        if cell["type"] == "tableHeader" and not said and self.heading_style:
            style = ["", [], [["custom-style", self.heading_style]]]
            blocks = [{"t": "Div", "c": [style, [block]]} if block["t"] == "Para" else block for block in blocks]
        return [_NO_ATTRIBUTES, align, attrs["rowspan"], attrs["colspan"], blocks]


def inlines(content: list[Node], writer: _Writer) -> list[Element]:
    """Pandoc's inline elements of the inline nodes of a paragraph."""
    made: list[Element] = []
    for node in content:
        if node["type"] == "hardBreak":
            made.append({"t": "LineBreak"})
        elif node["type"] == "footnote":
            made.append({"t": "Note", "c": [{"t": "Para", "c": inlines(node["content"], writer)}]})
        else:
            made += _marked(list(_words(node["text"])), node.get("marks", ()))
    return made


def _marked(inner: list[Element], marks: Any) -> list[Element]:
    for mark in marks:
        if mark["type"] == "link":
            inner = [{"t": "Link", "c": [_NO_ATTRIBUTES, inner, [mark["attrs"]["href"], ""]]}]
        else:
            inner = [{"t": _EMPHASIS[mark["type"]], "c": inner}]
    return inner


def _words(text: str) -> Iterator[Element]:
    """Words and the ordinary spaces between them; no-break spaces are letters of words."""
    for piece in re.split("( +)", text):
        if piece.startswith(" "):
            yield {"t": "Space"}
        elif piece:
            yield {"t": "Str", "c": piece}
