"""The grid of a table: every cell in its place, every row as wide as the widest."""

from __future__ import annotations

from collections.abc import Iterator

from hemicycle.texts.inline import Node
from hemicycle.texts.refusal import TextRefused

#: Columns of one table.
MAX_COLUMNS = 60


def empty_cell() -> Node:
    """A cell with one empty paragraph."""
    return {
        "type": "tableCell",
        "attrs": {"colspan": 1, "rowspan": 1, "align": None},
        "content": [{"type": "paragraph", "content": []}],
    }


def squared(rows: list[Node]) -> list[Node]:
    """The rows with spans cut where they overlap or leave the table, and short rows completed.

    Screen and PDF place cells by different rules when a table is not a rectangle; a rectangle looks the same.
    Raises TextRefused beyond MAX_COLUMNS.
    """
    placed = list(_placed(rows))
    width = max((column + cell["attrs"]["colspan"] for row in placed for column, cell in row), default=0)
    filled: list[Node] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(placed):
        for column, cell in row:
            taken |= _area(number, column, cell)
        missing = sum((number, column) not in taken for column in range(width))
        cells = [cell for _, cell in row] + [empty_cell() for _ in range(missing)]
        filled.append({"type": "tableRow", "content": cells})
    return filled


def columns_of(rows: list[Node]) -> list[list[tuple[int, Node]]]:
    """For each row, its cells with the column where each begins, from 0."""
    return list(_placed(rows))


def header_rows(rows: list[list[tuple[int, Node]]]) -> int:
    """How many rows, from the first, are made of header cells only."""
    headers = 0
    for row in rows:
        if any(cell["type"] != "tableHeader" for _, cell in row):
            break
        headers += 1
    return headers


def _placed(rows: list[Node]) -> Iterator[list[tuple[int, Node]]]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        cells: list[tuple[int, Node]] = []
        for cell in row["content"]:
            while (number, column) in taken:
                column += 1
            fitted = _fitted(cell, number, column, len(rows), taken)
            if column + fitted["attrs"]["colspan"] > MAX_COLUMNS:
                raise TextRefused(f"Un tableau dépasse {MAX_COLUMNS} colonnes ; joignez-le en annexe.")
            taken |= _area(number, column, fitted)
            cells.append((column, fitted))
            column += fitted["attrs"]["colspan"]
        yield cells


def _fitted(cell: Node, row: int, column: int, height: int, taken: set[tuple[int, int]]) -> Node:
    wanted = cell["attrs"]
    rowspan = min(wanted["rowspan"], height - row)
    colspan = next((n for n in range(1, wanted["colspan"]) if (row, column + n) in taken), wanted["colspan"])
    if (rowspan, colspan) == (wanted["rowspan"], wanted["colspan"]):
        return cell
    return {**cell, "attrs": {**wanted, "rowspan": rowspan, "colspan": colspan}}


def _area(row: int, column: int, cell: Node) -> set[tuple[int, int]]:
    attrs = cell["attrs"]
    rows, columns = range(row, row + attrs["rowspan"]), range(column, column + attrs["colspan"])
    return {(down, right) for down in rows for right in columns}
