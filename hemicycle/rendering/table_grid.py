"""Where each cell of a table stands, by HTML's algorithm, so that merged cells print as they show on the screen."""

from __future__ import annotations

import re
from typing import Any

from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.typography import french

MAX_COLUMNS = 24
MAX_CELLS = 20_000
#: Millimetres: the width of the text on an upright page, the mean letter of a table in small type, a cell's padding.
PORTRAIT = 158.0
#: Millimetres: the width of the text on a page on its side; a table that needs more cuts its words.
LANDSCAPE = 245.0
_LETTER = 1.6
#: A table no larger is kept on one page.
SHORT_ROWS = 9
SHORT_LETTERS = 1500
_PADDING = 3.2
_NUMBER = re.compile(
    r"[−+-]?\s?[\d\s\u202f\u00a0.]*\d(?:,\d+)?\s?(?:€|%|k€|M€|euros?|ETP|m²|ha|km)?(?:\s(?:HT|TTC))?\Z"
)

Cell = dict[str, Any]


def table_grid(rows: list[list[Cell]]) -> dict[str, Any]:
    """{columns, header_rows, cells, wide, short}: cells with x, y and spans that fit, columns of numbers to the right.

    `wide` tables need a page on its side, `short` ones stay whole. A rowspan stops at the last row, and a header's at
    the end of the header. Raises RenderingRefused.
    """
    header_rows = _header_rows(rows)
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for y, row in enumerate(rows):
        floor = header_rows if y < header_rows else len(rows)
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            width = _free_width(taken, x, y, max(1, cell["colspan"]))
            height = max(1, min(cell["rowspan"], floor - y))
            _check_size(x + width, len(taken))
            taken.update((x + i, y + j) for i in range(width) for j in range(height))
            cells.append({**cell, "x": x, "y": y, "colspan": width, "rowspan": height})
            x += width
    columns = max((x for x, _ in taken), default=0) + 1
    _align(cells, columns)
    letters = sum(len(_text(cell)) for cell in cells)
    short = len(rows) <= SHORT_ROWS and letters <= SHORT_LETTERS
    wide = columns > 6 and _least_width(cells, columns) > PORTRAIT
    return {"columns": columns, "header_rows": header_rows, "cells": cells, "wide": wide, "short": short}


def too_wide(rows: list[list[Cell]]) -> bool:
    """Whether words will be cut even on a page on its side. Raises RenderingRefused as table_grid."""
    grid = table_grid(rows)
    return grid["columns"] > 6 and _least_width(grid["cells"], grid["columns"]) > LANDSCAPE


def _header_rows(rows: list[list[Cell]]) -> int:
    """Leading rows made of header cells only; a table of headers alone keeps one."""
    count = 0
    for row in rows:
        if not row or not all(cell["header"] for cell in row):
            break
        count += 1
    return 1 if count == len(rows) and count else count


def _free_width(taken: set[tuple[int, int]], x: int, y: int, wanted: int) -> int:
    width = 1
    while width < min(wanted, MAX_COLUMNS + 1) and (x + width, y) not in taken:
        width += 1
    return width


def _check_size(columns: int, cells: int) -> None:
    if columns > MAX_COLUMNS:
        raise RenderingRefused(
            f"Un tableau compte plus de {MAX_COLUMNS} colonnes, il serait illisible sur une page ; "
            "scindez-le ou joignez-le en annexe."
        )
    if cells > MAX_CELLS:
        raise RenderingRefused("Un tableau compte trop de cellules ; joignez-le en annexe.")


def _align(cells: list[Cell], columns: int) -> None:
    """A column whose body holds only numbers stands to the right, heading included, unless its author chose."""
    for x in range(columns):
        column = [cell for cell in cells if cell["x"] == x and cell["colspan"] == 1]
        texts = [_text(cell) for cell in column if not cell["header"]]
        filled = [text for text in texts if text and text not in ("–", "-", "—")]
        numeric = bool(filled) and all(_NUMBER.match(text) for text in filled)
        for cell in column:
            cell["align"] = cell["align"] or ("right" if numeric else None)
    for cell in cells:
        if cell["colspan"] > 1 and not cell["align"] and _NUMBER.match(_text(cell) or "-"):
            cell["align"] = "right"


def _least_width(cells: list[Cell], columns: int) -> float:
    """Millimetres under which words would be cut; amounts, whose spaces do not break, are whole."""
    least = 0.0
    for x in range(columns):
        texts = [french(_text(cell)) for cell in cells if cell["x"] == x and cell["colspan"] == 1]
        words = [len(word) for text in texts for word in re.split(r"[ \n]", text)]
        least += _PADDING + _LETTER * min(max(words, default=0), 30)
    return least


def _text(cell: Cell) -> str:
    pieces = [piece.get("text", " ") for block in cell["blocks"] for piece in block.get("inline", ())]
    return "".join(pieces).strip()
