"""Tables compared: which column stands for which, then which row; cells are compared elsewhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Literal, TypeAlias

from hemicycle.texts.alignment import Alignment, Entry, align
from hemicycle.texts.inline import Node
from hemicycle.texts.tree import lines

Named: TypeAlias = tuple[tuple[Literal["added", "removed"], str], ...]
#: (place of a column in the old table or None, in the new one or None), in the order in which they are shown.
Columns: TypeAlias = list[tuple[int | None, int | None]]


def columns(old: list[Node], new: list[Node]) -> Columns | None:
    """The columns that stand for one another, known by their headings; None where places tell enough.

    A table with merged cells has no columns to speak of: None too.
    """
    if not (_is_plain(old) and _is_plain(new)):
        return None
    headings = _headings(old), _headings(new)
    if headings[0] == headings[1] or len(old[0]["content"]) == len(new[0]["content"]) == 1:
        return None
    entries = list(_entries(old, headings[0])), list(_entries(new, headings[1]))
    found: Columns = []
    for left, right in align(*entries).links:
        found.append((left[0] if left else None, right[0] if right else None))
    kept = [pair for pair in found if None not in pair]
    straight = all(i == j for i, j in kept) and len(headings[0]) == len(headings[1])
    # No column in common: nothing says that a column went; cells are compared place by place when they can be.
    return None if straight else found


def _is_plain(rows: list[Node]) -> bool:
    widths = {len(row["content"]) for row in rows}
    spans = {(c["attrs"]["colspan"], c["attrs"]["rowspan"]) for row in rows for c in row["content"]}
    return len(widths) == 1 and spans == {(1, 1)}


def _headings(rows: list[Node]) -> list[str]:
    return [_text(cell) for cell in rows[0]["content"]]


def _text(cell: Node) -> str:
    return " ".join(lines(cell))


def _entries(rows: list[Node], headings: list[str]) -> Iterator[Entry]:
    alone = {heading for heading, times in Counter(headings).items() if times == 1 and heading}
    for place, heading in enumerate(headings):
        text = "\n".join(_text(row["content"][place]) for row in rows)
        yield Entry(key=heading if heading in alone else text, text=text, family="column")


def named(
    old: list[Node], new: list[Node], pairs: Columns | None
) -> tuple[tuple[Literal["added", "removed"], str], ...]:
    """The columns that came or went, by their heading."""
    made: list[tuple[Literal["added", "removed"], str]] = []
    for i, j in pairs or ():
        if i is None and j is not None:
            made.append(("added", _headings(new)[j]))
        elif j is None and i is not None:
            made.append(("removed", _headings(old)[i]))
    return tuple(made)


def aligned_rows(old: list[Node], new: list[Node], pairs: Columns | None) -> Alignment:
    """The rows that stand for one another, by the words of the columns that both tables have."""
    kept = [(i, j) for i, j in pairs or () if i is not None and j is not None]
    olds = [_row(row, [i for i, _ in kept]) for row in old]
    news = [_row(row, [j for _, j in kept]) for row in new]
    return align(olds, news)


def _row(row: Node, places: list[int]) -> Entry:
    cells = [row["content"][place] for place in places] or row["content"]
    texts = [list(lines(cell)) for cell in cells]
    text = "\n".join(line for cell in texts for line in cell)
    return Entry(key=json.dumps(texts, ensure_ascii=False), text=text, family="tableRow")
