"""The text tree as HTML for a page: escaped, semantic, without any style attribute."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from hemicycle.texts import grid
from hemicycle.texts.html_reading import from_html
from hemicycle.texts.inline import BREAK, Marks, Node, runs_of
from hemicycle.texts.tree import Doc

__all__ = ["from_html", "to_html"]

_TAGS = {"bold": "strong", "italic": "em", "underline": "u", "superscript": "sup", "subscript": "sub"}
_CONTAINERS = {"bulletList": "ul", "blockquote": "blockquote"}


def to_html(doc: Doc, *, heading_shift: int = 1) -> str:
    """The HTML of a clean document, its headings lowered by `heading_shift` under those of the page (h6 at most).

    Alignment is a class (align-left, align-right, align-center): a page under a strict policy has no inline style.
    """
    return "".join(_block(block, heading_shift) for block in doc["content"])


def inline_html(content: list[Node]) -> str:
    """The HTML of the inline nodes of a paragraph."""
    return "".join("<br>" if run == BREAK else marked_html(escape(run[0]), run[1]) for run in runs_of(content))


def marked_html(inner: str, marks: Marks) -> str:
    """Escaped text inside the elements of its marks; a link is outermost."""
    for name, value in marks:
        if name == "link":
            return f'<a href="{escape(value)}" rel="noopener noreferrer">{inner}</a>'
        inner = f"<{_TAGS[name]}>{inner}</{_TAGS[name]}>"
    return inner


def _block(block: Node, shift: int) -> str:
    kind = block["type"]
    if kind == "paragraph":
        return f"<p>{inline_html(block['content'])}</p>"
    if kind == "heading":
        level = min(6, block["attrs"]["level"] + shift)
        return f"<h{level}>{inline_html(block['content'])}</h{level}>"
    if kind == "listItem":
        return f"<li>{_item(block['content'], shift)}</li>"
    if kind == "table":
        return _table(block, shift)
    inner = "".join(_block(child, shift) for child in block["content"])
    if kind == "orderedList":
        start = block["attrs"]["start"]
        return f"<ol>{inner}</ol>" if start == 1 else f'<ol start="{start}">{inner}</ol>'
    return f"<{_CONTAINERS[kind]}>{inner}</{_CONTAINERS[kind]}>"


def _item(blocks: list[Node], shift: int) -> str:
    """The inside of an item or a cell: a first paragraph needs no element when no other one follows."""
    alone = blocks[0]["type"] == "paragraph" and not any(b["type"] == "paragraph" for b in blocks[1:])
    if alone:
        return inline_html(blocks[0]["content"]) + "".join(_block(block, shift) for block in blocks[1:])
    return "".join(_block(block, shift) for block in blocks)


def _table(table: Node, shift: int) -> str:
    caption = table["attrs"]["caption"]
    rows = grid.columns_of(table["content"])
    headers = grid.header_rows(rows)
    head = "".join(_row(row, "col", shift) for row in rows[:headers])
    body = "".join(_row(row, "row", shift) for row in rows[headers:])
    parts = [f"<caption>{escape(caption)}</caption>" if caption else ""]
    parts += [f"<thead>{head}</thead>" if head else "", f"<tbody>{body}</tbody>" if body else ""]
    return f"<table>{''.join(parts)}</table>"


def _row(row: list[tuple[int, Node]], scope: str, shift: int) -> str:
    return f"<tr>{''.join(_cell(cell, scope, shift) for _, cell in row)}</tr>"


def _cell(cell: Node, scope: str, shift: int) -> str:
    tag = "th" if cell["type"] == "tableHeader" else "td"
    return f"<{tag}{''.join(cell_attributes(cell, scope))}>{_item(cell['content'], shift)}</{tag}>"


def cell_attributes(cell: Node, scope: str) -> Iterator[str]:
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
