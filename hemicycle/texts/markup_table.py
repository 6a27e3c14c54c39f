"""The light markup of tables: one line a row, cells between bars."""

from __future__ import annotations

import re

from hemicycle.texts import grid
from hemicycle.texts.inline import NOTE, Node, nodes_of, runs_of
from hemicycle.texts.markup_inline import read_runs, write_runs
from hemicycle.texts.tree import MAX_ROWS, inline_text

_ALIGNMENTS = {"droite": "right", "gauche": "left", "centre": "center"}
_WORDS = {value: word for word, value in _ALIGNMENTS.items()}
_RULE = re.compile(r"\|(?: *:?-{3,}:? *\|)+")
#: A caption, written above the rows.
_CAPTION = re.compile(r"\|= *(.*)")
_BRACES = re.compile(r" *\{([^{}]*)\} ?")
_SPAN = re.compile(r"(\d{1,4}) (colonne|ligne)s?")


def can_be_said(table: Node) -> bool:
    """Whether every row has a cell and every cell holds paragraphs only, without footnotes."""
    return all(
        row["content"] and all(_is_plain(block) for cell in row["content"] for block in cell["content"])
        for row in table["content"]
    )


def _is_plain(block: Node) -> bool:
    return block["type"] == "paragraph" and all(inline["type"] != NOTE for inline in block["content"])


def written(table: Node) -> list[str]:
    """The lines of a table that `can_be_said`."""
    rows = grid.columns_of(table["content"])
    caption = write_runs([(table["attrs"]["caption"], ())], " ")
    lines = [f"|= {caption}"] if caption else []
    headers = grid.header_rows(rows)
    columns = _column_alignments(rows) if headers else {}
    lines += [_row(row, columns, header=number < headers) for number, row in enumerate(rows)]
    if headers:
        width = max(column + cell["attrs"]["colspan"] for row in rows for column, cell in row)
        signs = {"right": "---:", "left": ":---", "center": ":---:", None: "---"}
        rule = "| " + " | ".join(signs[columns.get(column)] for column in range(width)) + " |"
        lines.insert(headers + bool(caption), rule)
    return lines


def _column_alignments(rows: list[list[tuple[int, Node]]]) -> dict[int, str | None]:
    """The alignment that every cell of a column shares; spans are left to their own words."""
    seen: dict[int, set[str | None]] = {}
    for row in rows:
        for column, cell in row:
            alone = cell["attrs"]["colspan"] == 1
            seen.setdefault(column, set()).add(cell["attrs"]["align"] if alone else None)
    return {column: aligns.copy().pop() for column, aligns in seen.items() if len(aligns) == 1}


def _row(row: list[tuple[int, Node]], columns: dict[int, str | None], *, header: bool) -> str:
    return "| " + " | ".join(_cell(cell, columns.get(column), header=header) for column, cell in row) + " |"


def _cell(cell: Node, column_align: str | None, *, header: bool) -> str:
    attrs = cell["attrs"]
    words = []
    if cell["type"] == "tableHeader" and not header:
        words.append("titre")
    if attrs["align"] and attrs["align"] != column_align:
        words.append(_WORDS[attrs["align"]])
    words += [
        f"{attrs[name]} {word}s" for name, word in (("colspan", "colonne"), ("rowspan", "ligne")) if attrs[name] > 1
    ]
    text = " ¶ ".join(_paragraph(block) for block in cell["content"])
    if words:
        return f"{{{', '.join(words)}}} {text}".rstrip()
    return "\\" + text if text.startswith("{") else text


def _paragraph(block: Node) -> str:
    return re.sub(r"[|¶]", r"\\\g<0>", write_runs(runs_of(block["content"]), "<br>"))


def read(lines: list[str]) -> Node:
    """The table that lines beginning with a bar describe."""
    caption = ""
    if found := _CAPTION.fullmatch(lines[0]):
        caption = inline_text({"content": nodes_of(read_runs(found[1]))}).replace("\n", " ")
        lines = lines[1:]
    rule = next((number for number, line in enumerate(lines) if _RULE.fullmatch(line)), None)
    aligns = _rule_alignments(lines[rule]) if rule is not None else []
    headers = rule or 0
    rows = [_read_row(line, header=n < headers) for n, line in enumerate(lines) if n != rule]
    for row in grid.columns_of(rows):
        for column, cell in row:
            if cell["attrs"]["align"] is None and column < len(aligns):
                cell["attrs"]["align"] = aligns[column]
    return {"type": "table", "attrs": {"caption": caption}, "content": rows}


def _rule_alignments(rule: str) -> list[str | None]:
    signs = {(True, True): "center", (True, False): "left", (False, True): "right"}
    cells = [cell.strip() for cell in rule.strip("|").split("|")]
    return [signs.get((cell.startswith(":"), cell.endswith(":"))) for cell in cells]


def _read_row(line: str, *, header: bool) -> Node:
    pieces = _split(line[1:], "|")
    if len(pieces) > 1 and not pieces[-1].strip():
        pieces.pop()
    return {"type": "tableRow", "content": [_read_cell(piece, header=header) for piece in pieces]}


def _split(source: str, sign: str) -> list[str]:
    """The pieces between the signs that no backslash precedes."""
    pieces, escaped = [""], False
    for char in source:
        if char == sign and not escaped:
            pieces.append("")
        else:
            pieces[-1] += char
        escaped = char == "\\" and not escaped
    return pieces


def _read_cell(source: str, *, header: bool) -> Node:
    attrs: dict[str, object] = {"colspan": 1, "rowspan": 1, "align": None}
    kind = "tableHeader" if header else "tableCell"
    found = _BRACES.match(source)
    words = [word.strip() for word in found[1].split(",")] if found else []
    if found and words and all(word == "titre" or word in _ALIGNMENTS or _SPAN.fullmatch(word) for word in words):
        source = source[found.end() :]
        for word in words:
            if word == "titre":
                kind = "tableHeader"
            elif word in _ALIGNMENTS:
                attrs["align"] = _ALIGNMENTS[word]
            elif span := _SPAN.fullmatch(word):
                _span(attrs, span)
    content = [{"type": "paragraph", "content": nodes_of(read_runs(piece.strip()))} for piece in _split(source, "¶")]
    return {"type": kind, "attrs": attrs, "content": content}


def _span(attrs: dict[str, object], found: re.Match[str]) -> None:
    name, most = ("colspan", grid.MAX_COLUMNS) if found[2] == "colonne" else ("rowspan", MAX_ROWS)
    attrs[name] = max(1, min(int(found[1]), most))
