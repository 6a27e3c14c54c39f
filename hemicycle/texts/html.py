"""The text tree as HTML for a page: escaped, semantic, without any style attribute."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any, TypeAlias

from hemicycle.texts import grid
from hemicycle.texts.attributes import WIDEST
from hemicycle.texts.html_reading import from_html
from hemicycle.texts.inline import BREAK, NOTE, Marks, Node, closes_note, opens_note, runs_of
from hemicycle.texts.tree import Doc

__all__ = ["from_html", "to_html"]

#: What surrounds the inside of each paragraph, heading, item or cell that has text of its own.
Wrap: TypeAlias = Callable[[str], str]

_TAGS = {"bold": "strong", "italic": "em", "underline": "u", "superscript": "sup", "subscript": "sub"}
_CONTAINERS = {
    "bulletList": "ul",
    "orderedList": "ol",
    "listItem": "li",
    "blockquote": "blockquote",
    "tableRow": "tr",
    "tableCell": "td",
    "tableHeader": "th",
}


def to_html(doc: Doc, *, heading_shift: int = 1, image_src: Callable[[str], str] | None = None) -> str:
    """The HTML of a clean document, its headings lowered by `heading_shift` under those of the page (h6 at most).

    Alignment is a class (align-left, align-right, align-center): a page under a strict policy has no inline style.
    `image_src` gives the address of an image by its SHA-256; without it, only alternative texts are shown.
    """
    made = "".join(block_html(block, heading_shift) for block in doc["content"])
    return made if image_src is None else with_images(made, image_src)


def with_images(made: str, image_src: Callable[[str], str]) -> str:
    """The HTML that this package made, each image given the address of its bytes."""
    # Text is escaped: only an image of the tree is written so.
    return re.sub(r'(?<=<img )data-sha256="([0-9a-f]{64})"', lambda m: f'src="{escape(image_src(m[1]))}" {m[0]}', made)


def inline_html(content: list[Node]) -> str:
    """The HTML of the inline nodes of a paragraph; a footnote is read where it is called."""
    parts = []
    for run in runs_of(content):
        inner = "<br>" if run == BREAK else marked_html(escape(run[0]), run[1])
        before, after = '<span class="note">' if opens_note(run) else "", "</span>" if closes_note(run) else ""
        parts.append(f"{before}{inner}{after}")
    return "".join(parts)


def marked_html(inner: str, marks: Marks) -> str:
    """Escaped text inside the elements of its marks; a link is outermost."""
    for name, value in marks:
        if name == "link":
            return f'<a href="{escape(value)}" rel="noopener noreferrer">{inner}</a>'
        if name != NOTE:
            inner = f"<{_TAGS[name]}>{inner}</{_TAGS[name]}>"
    return inner


def _unchanged(inner: str) -> str:
    return inner


def block_html(block: Node, shift: int, wrap: Wrap = _unchanged, scope: str = "row") -> str:
    """The HTML of one block, list item, row or cell; `scope` is what a header cell is the header of."""
    kind = block["type"]
    if kind in ("paragraph", "heading"):
        return text_element(block, wrap(inline_html(block["content"])), shift)
    if kind == "table":
        return _table(block, shift, wrap)
    if kind == "image":
        return _image(block["attrs"])
    if kind in ("listItem", "tableCell", "tableHeader"):
        return container_element(block, _item(block["content"], shift, wrap), scope)
    scope = row_scope(block)
    return container_element(block, "".join(block_html(child, shift, wrap, scope) for child in block["content"]))


def row_scope(node: Node) -> str:
    """What the header cells of a row are headers of: a row of headers only heads the columns."""
    whole = node["type"] == "tableRow" and all(cell["type"] == "tableHeader" for cell in node["content"])
    return "col" if whole else "row"


def text_element(block: Node, inner: str, shift: int) -> str:
    """The element of a paragraph or heading around HTML already made."""
    if block["type"] == "paragraph":
        return f"<p>{inner}</p>"
    level = min(6, block["attrs"]["level"] + shift)
    return f"<h{level}>{inner}</h{level}>"


def container_element(block: Node, inner: str, scope: str = "row") -> str:
    """The element of a list, item, quotation, row or cell around HTML already made."""
    kind = block["type"]
    if kind == "orderedList" and block["attrs"]["start"] != 1:
        return f'<ol start="{block["attrs"]["start"]}">{inner}</ol>'
    attributes = "".join(_cell_attributes(block, scope)) if kind in ("tableCell", "tableHeader") else ""
    return f"<{_CONTAINERS[kind]}{attributes}>{inner}</{_CONTAINERS[kind]}>"


def _item(blocks: list[Node], shift: int, wrap: Wrap) -> str:
    """The inside of an item or a cell: a first paragraph needs no element when no other one follows."""
    if blocks[0]["type"] == "paragraph" and not any(b["type"] == "paragraph" for b in blocks[1:]):
        first = inline_html(blocks[0]["content"])
        return (wrap(first) if first else "") + "".join(block_html(block, shift, wrap) for block in blocks[1:])
    return "".join(block_html(block, shift, wrap) for block in blocks)


def _image(attrs: dict[str, Any]) -> str:
    # A width that is an attribute needs no inline style.
    width = f' width="{attrs["width"]}%"' if attrs["width"] != WIDEST else ""
    return f'<figure class="image"><img data-sha256="{attrs["sha256"]}" alt="{escape(attrs["alt"])}"{width}></figure>'


def _table(table: Node, shift: int, wrap: Wrap) -> str:
    caption = escape(table["attrs"]["caption"])
    rows = grid.columns_of(table["content"])
    headers = grid.header_rows(rows)
    head = "".join(_row(row, "col", shift, wrap) for row in rows[:headers])
    body = "".join(_row(row, "row", shift, wrap) for row in rows[headers:])
    parts = [f"<caption>{wrap(caption)}</caption>" if caption else ""]
    parts += [f"<thead>{head}</thead>" if head else "", f"<tbody>{body}</tbody>" if body else ""]
    return f"<table>{''.join(parts)}</table>"


def _row(row: list[tuple[int, Node]], scope: str, shift: int, wrap: Wrap) -> str:
    return f"<tr>{''.join(block_html(cell, shift, wrap, scope) for _, cell in row)}</tr>"


def _cell_attributes(cell: Node, scope: str) -> Iterator[str]:
    """The HTML attributes of a cell, each with a space before it; `scope` is "col" or "row"."""
    attrs = cell["attrs"]
    if cell["type"] == "tableHeader":
        span = attrs["colspan"] if scope == "col" else attrs["rowspan"]
        yield f' scope="{scope}{"group" if span > 1 else ""}"'
    for name in ("colspan", "rowspan"):
        if attrs[name] > 1:
            yield f' {name}="{attrs[name]}"'
    if attrs["align"]:
        yield f' class="align-{attrs["align"]}"'
