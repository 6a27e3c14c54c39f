"""Header rows that nobody declared: a first row all in bold, above rows that are not, heads its columns."""

from __future__ import annotations

import re

from hemicycle.texts import grid
from hemicycle.texts.inline import Node
from hemicycle.texts.tree import Doc, plain_text

#: A figure, an amount, a percentage or a date of figures.
_FIGURE = re.compile(r"[−+-]?[\d\s.,/\u202f\u00a0]*\d[\d\s.,/\u202f\u00a0]*(?:€|%|k€|M€|euros?)?\Z")


def declared(doc: Doc) -> tuple[Doc, int]:
    """The document where such rows are made of header cells, and the number of tables concerned."""
    count = 0

    def walked(node: Node) -> Node:
        nonlocal count
        if "content" not in node or node["type"] in ("paragraph", "heading"):
            return node
        node = {**node, "content": [walked(child) for child in node["content"]]}
        if node["type"] == "table" and _has_bold_head(node["content"]):
            count += 1
            head, *others = node["content"]
            node["content"] = [{**head, "content": [_header(cell) for cell in head["content"]]}, *others]
        return node

    return walked(doc), count


def reads_as_head(table: Node) -> bool:
    """Whether the first row, not declared as such, heads its columns: in bold, or words above figures."""
    rows = table["content"]
    return _has_bold_head(rows) or _names_figures(rows)


def _names_figures(rows: list[Node]) -> bool:
    written = [[plain_text(cell).strip() for cell in row["content"]] for row in rows]
    if len(rows) < 3 or len({len(row) for row in written}) > 1:
        return False
    head, *others = written
    columns = zip(head, *others, strict=True)
    return any(
        name and not _FIGURE.match(name) and all(body) and all(_FIGURE.match(cell) for cell in body)
        for name, *body in columns
    )


def _has_bold_head(rows: list[Node]) -> bool:
    if len(rows) < 2 or len(rows[0]["content"]) < 2 or grid.header_rows(grid.columns_of(rows)):
        return False
    if any(cell["attrs"]["rowspan"] > 1 for cell in rows[0]["content"]):
        return False
    first, *others = (all(_is_bold(cell) for cell in row["content"] if _is_written(cell)) for row in rows)
    return first and any(_is_written(cell) for cell in rows[0]["content"][1:]) and not all(others)


def _is_written(cell: Node) -> bool:
    return any(block["type"] != "paragraph" or block["content"] for block in cell["content"])


def _is_bold(cell: Node) -> bool:
    return all(
        block["type"] == "paragraph"
        and all(
            inline["type"] == "hardBreak" or {"type": "bold"} in inline.get("marks", ()) for inline in block["content"]
        )
        for block in cell["content"]
    )


def _header(cell: Node) -> Node:
    """The cell as a header: it is bold by what it is."""
    content = [{**block, "content": [_unbold(inline) for inline in block["content"]]} for block in cell["content"]]
    return {**cell, "type": "tableHeader", "content": content}


def _unbold(inline: Node) -> Node:
    marks = [mark for mark in inline.get("marks", ()) if mark["type"] != "bold"]
    plain = {key: value for key, value in inline.items() if key != "marks"}
    return {**plain, "marks": marks} if marks else plain
